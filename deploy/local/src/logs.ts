import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { inHome, logOf } from './folder.js';

const help = `npm run logs [part ...]
Follows the logs of the local set-up: all, or of the named parts.`;

const names = process.argv.slice(2);
if (names.includes('--help')) {
  console.log(help);
  process.exit(0);
}
const there = existsSync(inHome('logs')) ? readdirSync(inHome('logs')).map((file) => file.replace(/\.log$/, '')) : [];
const unknown = names.filter((name) => !there.includes(name));
if (unknown.length > 0 || there.length === 0) {
  console.error(
    there.length === 0
      ? 'There are no logs yet: run npm start first.'
      : `No log of ${unknown.join(', ')}. There are: ${there.join(', ')}.`,
  );
  process.exit(1);
}
const tail = spawn('tail', ['-n', '50', '-F', ...(names.length > 0 ? names : there).map(logOf)], { stdio: 'inherit' });
tail.on('exit', (code) => process.exit(code ?? 0));
