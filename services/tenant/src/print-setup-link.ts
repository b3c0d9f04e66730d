import { readConfig } from '@eaf/config';
import { z } from 'zod';
import { issueSetupToken } from './setup-token.js';

const help = `node services/tenant/dist/print-setup-link.js
Prints a link by which the first platform administrator gets in: good for 15 minutes and one use. No password exists.
Reads DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD (owner of the schema tenant) and PUBLIC_URL; X_FILE names a file with X.`;

if (process.argv.includes('--help')) {
  console.log(help);
  process.exit(0);
}
const variables = z.object({
  DB_HOST: z.string(),
  DB_PORT: z.coerce.number().default(5432),
  DB_NAME: z.string(),
  DB_USER: z.string(),
  DB_PASSWORD: z.string(),
  PUBLIC_URL: z.url(),
});
try {
  const { DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, PUBLIC_URL } = readConfig(variables);
  const token = await issueSetupToken({
    host: DB_HOST,
    port: DB_PORT,
    database: DB_NAME,
    user: DB_USER,
    password: DB_PASSWORD,
  });
  console.log(`${PUBLIC_URL.replace(/\/$/, '')}/setup/${token}`);
} catch (error) {
  console.error(`No link was made: ${(error as Error).message}`);
  process.exit(1);
}
