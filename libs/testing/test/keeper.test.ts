import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { eventually } from '../src/index.js';
import { scratchFolder } from './scratch-folder.js';

const folder = scratchFolder();
const testing = pathToFileURL(join(import.meta.dirname, '..', 'dist', 'index.js')).href;

it('ends the parts of a starter that was killed, and removes its folder', async () => {
  const { starter, pid, rubbish } = await start('killed', '');
  starter.kill('SIGKILL');
  await eventually(() => !isRunning(pid) && !existsSync(rubbish), { what: 'part and folder being gone' });
});

it('touches nothing after its release', async () => {
  const { starter, pid, rubbish } = await start('released', 'await keeper.release();');
  await new Promise((resolve) => starter.once('exit', resolve));
  expect(isRunning(pid)).toBe(true);
  expect(existsSync(rubbish)).toBe(true);
  process.kill(pid);
});

/** A starter with one part in a process group of its own. */
async function start(name: string, then: string): Promise<{ starter: ReturnType<typeof spawn>; pid: number; rubbish: string }> {
  const rubbish = join(folder, name);
  mkdirSync(rubbish);
  const program = join(folder, `${name}.mjs`);
  writeFileSync(
    program,
    `import { startKeeper, startPart } from ${JSON.stringify(testing)};
const part = await startPart('/bin/sh', ['-c', 'sleep 60; true'], { name: 'sleep', logFile: ${JSON.stringify(join(folder, 'log'))}, detached: true, isReady: () => true });
const keeper = startKeeper();
keeper.keep(part);
keeper.remove(${JSON.stringify(rubbish)});
${then || 'setInterval(() => {}, 1_000);'}
console.log(part.pid);
${then ? 'process.exit();' : ''}`,
  );
  const starter = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<Buffer>((resolve) => starter.stdout.once('data', resolve));
  return { starter, pid: Number(line.toString()), rubbish };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
