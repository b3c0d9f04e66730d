import { readFileSync } from 'node:fs';
import { type OidcProviderConfig, startOidcProvider } from '../oidc-provider.js';
import { untilTold } from './until-told.js';

const config = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as OidcProviderConfig;
const provider = await startOidcProvider(config);
console.log(JSON.stringify({ ready: true, issuer: provider.issuer }));
await untilTold();
await provider.close();
