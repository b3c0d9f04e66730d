import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareFolder } from './folder.js';
import type { MailSinkConfig } from './mail-sink.js';
import type { OidcProviderConfig } from './oidc-provider.js';
import { type Part, startPart } from './part.js';
import type { GuestNetwork } from './vcsim-guests.js';

export interface ProgramConfigs {
  'oidc-provider': OidcProviderConfig;
  'mail-sink': MailSinkConfig;
  'vcsim-guests': GuestNetwork;
}

/** What each says once it serves. */
const readyLines: Record<keyof ProgramConfigs, RegExp> = {
  'oidc-provider': /^\{"ready":true.*\}$/m,
  'mail-sink': /^\{"ready":true.*\}$/m,
  'vcsim-guests': /^playing the guests/m,
};

/**
 * Starts one of this package's programs as a process of its own.
 * @param options.dir where its configuration is written, readable by its owner alone, because it holds passwords
 */
export async function spawnProgram<Name extends keyof ProgramConfigs>(
  name: Name,
  config: ProgramConfigs[Name],
  options: { dir: string; logFile: string; detached?: boolean },
): Promise<Part> {
  prepareFolder(options.dir, name);
  const configFile = join(options.dir, `${name}.json`);
  writeFileSync(configFile, JSON.stringify(config), { mode: 0o600 });
  // In dist also when this file is run from src, as in this package's own tests.
  const programFile = fileURLToPath(new URL(`../dist/programs/${name}.js`, import.meta.url));
  return startPart(process.execPath, [programFile, configFile], {
    name,
    logFile: options.logFile,
    detached: options.detached ?? false,
    isReady: (log) => readyLines[name].test(log()),
  });
}
