import { makeVcsimTemplate, type Part, type Vcsim } from '@eaf/testing';
import type { LocalSettings } from '../../local-settings.js';
import { outside } from '../../outside-parts.js';

export const template = 'ubuntu-24.04';
export const cloneSeconds = 1;
export const clonesAtOnce = 8;

/** A simulated vCenter whose clones take a known time, and guests that report at once. */
export async function startBenchVCenter(settings: LocalSettings): Promise<{ vcsim: Vcsim; stop(): Promise<void> }> {
  const vcsim = await outside.vcsim(settings, cloneSeconds * 1_000);
  await makeVcsimTemplate(vcsim, template);
  const guests: Part = await outside.guests(vcsim, { network: '10.99.0.0/16', intervalMs: 100 });
  return {
    vcsim,
    async stop() {
      await guests.stop();
      await vcsim.stop();
    },
  };
}
