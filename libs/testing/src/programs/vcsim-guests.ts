import { readFile } from 'node:fs/promises';
import { type GuestNetwork, playGuests } from '../vcsim-guests.js';

// A file and not arguments, because it holds the password: arguments show in the process list.
const [, , path] = process.argv;
if (!path) throw new Error('usage: vcsim-guests <config.json with url, user, password, ca, network>');
const config: GuestNetwork = JSON.parse(await readFile(path, 'utf8'));
let lastFault = '';
const guests = playGuests({
  ...config,
  onFault: (fault) => {
    // Once a change of state, not twice a second while vcsim is away.
    if (String(fault) !== lastFault) console.error(String(fault));
    lastFault = String(fault);
  },
});
console.log(`playing the guests of ${config.url}`);
const stop = () => void guests.stop().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
