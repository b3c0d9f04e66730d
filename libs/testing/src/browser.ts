import { spawnSync } from 'node:child_process';
import { programsOnPath } from './tools.js';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The path of the system's Chromium: named in CHROMIUM, on PATH, or installed as Debian's package where we may.
 * @throws Error with one sentence that says how to get it
 */
export function findBrowser(onProgress: (line: string) => void = () => {}): string {
  const named = process.env.CHROMIUM;
  if (named) return named;
  const found = onPath();
  if (found) return found;
  const mayInstall = process.getuid?.() === 0 && programsOnPath('apt-get').length > 0;
  if (mayInstall) {
    onProgress('Chromium: installing the package of the system, once');
    const install = 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium';
    spawnSync('sh', ['-c', install], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'ignore' });
  }
  const installed = onPath();
  if (installed) return installed;
  throw new Error(
    'Chromium is missing: install it with "apt-get install chromium" (or your system\'s way), or name its file in CHROMIUM.',
  );
}

const onPath = () => names.flatMap(programsOnPath)[0];
