import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { natsConfig } from '@eaf/testing';
import { root } from './folder.js';
import { brokerUsers } from './set-up/broker.js';

const file = join(root, 'deploy/compose/nats.conf');
const password = '$DVMM_DEMO_PASSWORD';
const config = natsConfig({
  storeDir: '/data',
  users: brokerUsers(() => password),
  host: '0.0.0.0',
  port: 4222,
  monitorPort: 8222,
});
// Without quotes nats-server takes it from its environment.
const text = `# Made from the contracts by "node deploy/local/dist/compose-nats.js"; do not edit.\n${config.replaceAll(JSON.stringify(password), password)}`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('deploy/compose/nats.conf is out of date: run "node deploy/local/dist/compose-nats.js".');
  process.exit(1);
}
