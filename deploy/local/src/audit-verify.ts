import pg from 'pg';
import { type Finding, verifyTrail } from './audit/verify-trail.js';
import { localSettingsOfRunning, passwordOf } from './local-settings.js';
import { databaseName, verifier } from './set-up/prepare-database.js';

const help = `npm run audit:verify
Recomputes the hash chain of every tenant's audit trail and compares it with the events of all contexts. Names each
changed, missing or added row (at most 20) and ends with 1 when there is one. Changes nothing.

Reads the local set-up while it runs (npm start); elsewhere the database that DB_HOST, DB_PORT, DB_NAME, DB_USER and
DB_PASSWORD name, as a role that may read the trail and all events.`;
const shownAtMost = 20;

if (process.argv.includes('--help')) {
  console.log(help);
  process.exit(0);
}
const client = new pg.Client(process.env.DB_HOST ? fromEnvironment() : fromLocalSetUp());
try {
  await client.connect();
} catch (error) {
  console.error(`The database does not answer: ${(error as Error).message}. Is "npm start" running?`);
  process.exit(2);
}
const findings: Finding[] = [];
let entries = 0;
// One picture of all contexts, however long it takes and whatever is written meanwhile.
await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
for await (const finding of verifyTrail(client, progress)) findings.push(finding);
await client.end();
for (const { tenant, number, what, detail } of findings.slice(0, shownAtMost)) {
  console.log(`${what}  tenant ${tenant}  ${number === null ? 'no number' : `number ${number}`}  ${detail}`);
}
if (findings.length > shownAtMost) console.log(`… and ${findings.length - shownAtMost} more`);
console.log(`${entries} entries verified, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);

function progress(read: number): void {
  entries = read;
  if (process.stderr.isTTY) process.stderr.write(`\r${read} entries read`);
}

function fromLocalSetUp(): pg.ClientConfig {
  const settings = localSettingsOfRunning();
  const password = passwordOf(settings, 'verifier');
  return { host: '127.0.0.1', port: settings.ports.postgres, database: databaseName, user: verifier, password };
}

function fromEnvironment(): pg.ClientConfig {
  const { DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD } = process.env;
  return { host: DB_HOST, port: Number(DB_PORT ?? 5432), database: DB_NAME, user: DB_USER, password: DB_PASSWORD };
}
