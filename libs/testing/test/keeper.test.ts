import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { it } from 'vitest';
import { eventually } from '../src/index.js';
import { scratchFolder } from './scratch-folder.js';

const folder = scratchFolder();

it('ends the programs of a killed process, and removes its folder', async () => {
  const { starter, pid, rubbish } = await start('killed', 'setInterval(() => {}, 1_000);');
  starter.kill('SIGKILL');
  await eventually(() => !isRunning(pid) && !existsSync(rubbish), { what: 'program and folder being gone' });
});

it('does not keep a process from ending', async () => {
  const { ended, pid, rubbish } = await start('ended', '');
  await ended;
  await eventually(() => !isRunning(pid) && !existsSync(rubbish), { what: 'program and folder being gone' });
});

it('ends the whole process group of what was detached', async () => {
  const { starter, pid, rubbish } = await start('detached', 'setInterval(() => {}, 1_000);', true);
  starter.kill('SIGKILL');
  await eventually(() => !isRunning(-pid) && !existsSync(rubbish), {
    what: 'program, its child and folder being gone',
  });
});

/** A process that starts one program. */
async function start(name: string, then: string, detached = false) {
  const rubbish = join(folder, `${name}.folder`);
  mkdirSync(rubbish);
  const code = join(folder, `${name}.mjs`);
  writeFileSync(
    code,
    `import { startPart } from ${JSON.stringify(dist('index.js'))};
import { removeWithThisProcess } from ${JSON.stringify(dist('keeper.js'))};
removeWithThisProcess(${JSON.stringify(rubbish)});
const part = await startPart('/bin/sh', ['-c', ${JSON.stringify(detached ? 'sleep 60 & exec sleep 60' : 'exec sleep 60')}], { name: 'sleep', logFile: ${JSON.stringify(join(folder, 'log'))}, detached: ${detached}, isReady: () => true });
console.log(part.pid);
${then}`,
  );
  const starter = spawn(process.execPath, [code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => starter.once('exit', resolve));
  const line = await new Promise<Buffer>((resolve) => starter.stdout.once('data', resolve));
  return { starter, ended, pid: Number(line.toString()), rubbish };
}

function dist(file: string): string {
  return pathToFileURL(join(import.meta.dirname, '..', 'dist', file)).href;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
