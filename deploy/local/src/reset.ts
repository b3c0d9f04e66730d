import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { home, inHome } from './folder.js';
import type { LocalSettings } from './local-settings.js';
import { fromCompose } from './parts-from.js';

const help = `npm run reset
Empties .dvmm/: database, mails, keys, ports. Tools that were built are kept elsewhere and stay.`;

if (process.argv.includes('--help')) {
  console.log(help);
  process.exit(0);
}
if (existsSync(inHome('settings.json'))) {
  const { ports } = JSON.parse(readFileSync(inHome('settings.json'), 'utf8')) as LocalSettings;
  // A container of PostgreSQL may well run while DVMM does not.
  if (await answers(fromCompose ? ports.gateway : ports.postgres)) {
    console.error('DVMM is running from this checkout. Stop it with Ctrl-C first; nothing was emptied.');
    process.exit(1);
  }
}
rmSync(home, { recursive: true, force: true });
// Where the data folder had to stand when PostgreSQL's user cannot reach the checkout.
const elsewhere = createHash('sha256').update(inHome('postgres')).digest('hex').slice(0, 12);
rmSync(join('/var/tmp', `eaf-postgres-data-${elsewhere}`), { recursive: true, force: true });
console.log(
  fromCompose
    ? '.dvmm/compose/ is empty. Now "docker compose down --volumes": the two belong together.'
    : '.dvmm/ is empty. The next npm start begins anew.',
);

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => {
      socket.end();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
