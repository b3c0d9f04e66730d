import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { services } from '@dvmm/contracts';
import { addressesOf } from './addresses.js';
import { root } from './folder.js';
import { type LocalStack, startLocalStack } from './local-stack.js';
import { startGateway, startService } from './own-parts.js';

const help = `npm run dev
Starts DVMM as npm start does, and after each change of a source builds what depends on it and starts those services anew.`;

if (process.argv.includes('--help')) {
  console.log(help);
  process.exit(0);
}

const stack: LocalStack = await startLocalStack().catch((error: Error) => {
  console.error(`\n${error.message}`);
  process.exit(1);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void stack.stop().then(() => process.exit(0)));
console.log(`\n  ${addressesOf(stack.settings).gateway}   watching; Ctrl-C stops\n`);

const changed = new Set<string>();
let working = false;
for (const folder of ['services', 'libs', 'contracts', 'frontend']) {
  watch(join(root, folder), { recursive: true }, (_, file) => {
    if (!file || !/\/src\/|^src\//.test(file)) return;
    changed.add(partOf(folder, file));
    void reload();
  });
}

/** What must start anew: the service itself; the gateway, which holds the portal's frame; all, for what all stand on. */
function partOf(folder: string, file: string): string {
  if (folder === 'services') return file.split('/')[0] ?? '';
  return folder === 'frontend' ? 'gateway' : 'all';
}

/** One build at a time; what changes meanwhile is taken up by the next. */
async function reload(): Promise<void> {
  if (working) return;
  working = true;
  try {
    while (changed.size > 0) {
      const now = [...changed];
      changed.clear();
      if (await build()) await startAnew(now.includes('all') ? [...services, 'gateway'] : now);
    }
  } finally {
    working = false;
  }
}

function build(): Promise<boolean> {
  return new Promise((resolve) => {
    const turbo = spawn(join(root, 'node_modules/.bin/turbo'), ['build', '--output-logs=errors-only'], {
      cwd: root,
      stdio: 'inherit',
    });
    turbo.on('exit', (code) => resolve(code === 0));
  });
}

async function startAnew(names: readonly string[]): Promise<void> {
  for (const name of names) {
    await stack.parts.get(name)?.stop();
    const service = services.find((one) => one === name);
    stack.parts.set(name, await (service ? startService(stack.settings, service) : startGateway(stack.settings)));
    console.log(`${new Date().toLocaleTimeString()}  ${name} started anew`);
  }
}
