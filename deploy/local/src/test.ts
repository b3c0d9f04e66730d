import { join } from 'node:path';
import { findBrowser, findKeycloak, findTool, NoKeycloak } from '@eaf/testing';
import { root } from './folder.js';
import { runTool } from './run-tool.js';

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(
    'npm test [-- <vitest arguments>]\nRuns every test against real parts, which it starts and ends itself. Ends with "N passed, N failed".',
  );
  process.exit(0);
}
// Before the tests' own clocks run: building a tool takes a minute on a new machine.
for (const name of ['nats-server', 'vcsim'] as const) await findTool(name, (line) => console.log(line));
process.env.CHROMIUM = findBrowser((line) => console.log(line));
await findKeycloak((line) => console.log(line)).catch((error: unknown) => {
  if (!(error instanceof NoKeycloak)) throw error;
  console.log(`Keycloak will not be tried: ${error.message}.`);
});
process.exit(await runTool(join(root, 'node_modules/.bin/vitest'), ['run', ...args]));
