import { addressesOf } from './addresses.js';
import { inHome } from './folder.js';
import { removedDemoTenants } from './job/demo.js';
import { historyOnce } from './job/history-once.js';
import { mainJob } from './job/main-job.js';
import { type LocalStack, startLocalStack } from './local-stack.js';
import { supervise } from './supervise.js';

const help = `npm start [-- --once] [-- --no-job] [-- --no-history]
Starts DVMM with everything it stands on, on this machine alone, and runs one request from asking to mail. The first time it
then tells a month of history in both tenants, while you look around.
  --once         ends after the job with exit 0
  --no-job       only starts
  --no-history   leaves both tenants as the job leaves them
DVMM_PARTS=compose takes database, broker, vCenter, Keycloak and mail from docker-compose.yml.
Data stays in .dvmm/; npm run reset empties it. Ctrl-C stops all parts.`;

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(help);
  process.exit(0);
}
const began = Number(process.env.DVMM_STARTED ?? Date.now());
const say = (line: string) => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);

let stack: LocalStack | undefined;
let ending: Promise<never> | undefined;
const end = (code: number): Promise<never> => {
  ending ??= (async () => {
    await stack?.stop();
    process.exit(code);
  })();
  return ending;
};
// Killed with the terminal or with npm: nobody is there to press Ctrl-C any more.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && void end(1), 500);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void end(signal === 'SIGINT' ? 130 : 143));

try {
  stack = await startLocalStack();
  supervise(stack, say);
  const { gateway, mail } = addressesOf(stack.settings);
  const removed = await removedDemoTenants(stack.settings);
  if (removed.length > 0)
    say(`The demo was removed (${removed.join(', ')}). "npm run reset" brings it back with the next start.`);
  if (removed.length > 0 && args.includes('--once')) await end(0);
  // The job needs people to do it.
  if (!args.includes('--no-job') && removed.length === 0) {
    const { request, vm, vsphere, address, mail: messageId } = await mainJob(stack.settings, { say });
    if (!args.includes('--once')) printUrls(gateway, mail);
    console.log(`ready: request=${request} vm=${vm} vsphere=${vsphere} address=${address} mail=${messageId}`);
    if (args.includes('--once')) await end(0);
    if (!args.includes('--no-history')) void historyOnce(stack).catch((error: Error) => ending || say(error.message));
  } else {
    printUrls(gateway, mail);
  }
} catch (error) {
  console.error(
    `\n${(error as Error).message}\nLogs are in ${inHome('logs')}. What this start had begun is being stopped.`,
  );
  if (process.env.DEBUG) console.error(error);
  await end(1);
}

function printUrls(gateway: string, mail: string): void {
  console.log(`
  DVMM          ${gateway}
  API to try    ${gateway}/docs
  Mails         ${mail}
  Users         .dvmm/connections.json (people), or pick a person on the sign-in page
  Logs          npm run logs [service]
  Stop          Ctrl-C
`);
}
