import { readFileSync } from 'node:fs';
import { type MailSinkConfig, startMailSink } from '../mail-sink.js';
import { untilTold } from './until-told.js';

const config = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as MailSinkConfig;
const sink = await startMailSink(config);
console.log(JSON.stringify({ ready: true, smtpPort: sink.smtpPort, web: sink.webUrl }));
await untilTold();
await sink.close();
