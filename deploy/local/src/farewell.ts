import { setTimeout as pause } from 'node:timers/promises';
import { awaitedRemovals } from '@dvmm/tenant/farewell';
import { openDoors } from './farewell/farewell-doors.js';
import { sayFarewell } from './farewell/say-farewell.js';

const help = `node deploy/local/dist/farewell.js [--watch]
Deletes the rows of tenants whose removal was asked for by the platform, schema by schema as each one's owner, and leaves a
certificate. Killed at any line, it goes on where it was when it is run again. Ends with 1 when it failed, or a tenant had to
wait because a VM is just being made or deleted.
  --watch   stays and looks every second
Reads DB_HOST, DB_PORT, DB_NAME, <SERVICE>_OWNER_PASSWORD of all services, NATS_URL, NATS_SETUP_PASSWORD,
NATS_OPERATOR_PASSWORD, ACTOR_KEY_FILE (the operator's); X_FILE names a file with X.`;

const everyMs = 1_000;

if (process.argv.includes('--help')) {
  console.log(help);
  process.exit(0);
}
const watch = process.argv.includes('--watch');
const say = (line: string) => console.log(`${new Date().toISOString()}  ${line}`);
let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (ending = true));

try {
  const doors = await openDoors(process.env);
  // A tenant that waits says so once, not every second.
  const told = new Set<string>();
  const sayOnce = (line: string) => {
    if (!told.has(line)) say(line);
    told.add(line);
  };
  if (watch) say('watching');
  do {
    if (!watch || (await awaitedRemovals(doors.owners.tenant)).length > 0) {
      const { waiting } = await sayFarewell(doors, watch ? sayOnce : say);
      if (!watch && waiting.length > 0) process.exitCode = 1;
    }
    if (watch && !ending) await pause(everyMs);
  } while (watch && !ending);
  await doors.close();
} catch (error) {
  console.error(`What was begun is done on the next run: ${(error as Error).message}`);
  process.exit(1);
}
