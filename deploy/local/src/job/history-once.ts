import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Listr, PRESET_TIMER } from 'listr2';
import { inHome } from '../folder.js';
import type { LocalStack } from '../local-stack.js';
import { tellHistory } from './history.js';

interface Told {
  /** As it is told again under the same keys, each act plays at the same time as before. */
  readonly anchor: string;
  readonly ended?: string;
}

const file = inHome('history.json');
const cells = 20;

/** Tells the history of a set-up that has none yet, with a bar that moves; what was broken off goes on. */
export async function historyOnce({ settings, vcsim }: Pick<LocalStack, 'settings' | 'vcsim'>): Promise<void> {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Told) : undefined;
  if (before?.ended) return;
  const { anchor } = before ?? { anchor: new Date().toISOString() };
  writeFileSync(file, JSON.stringify({ anchor } satisfies Told));
  await new Listr(
    [
      {
        title: 'A month of history in both tenants',
        task: (_, task) =>
          tellHistory(settings, vcsim, {
            anchor: new Date(anchor),
            onTold: (told, of) => {
              const full = Math.floor((told / of) * cells);
              // Where nobody watches, each output is a line.
              if (full === Math.floor(((told - 1) / of) * cells)) return;
              task.output = `${'█'.repeat(full)}${'░'.repeat(cells - full)} ${told} of ${of} requests`;
            },
          }),
      },
    ],
    {
      fallbackRenderer: 'simple',
      rendererOptions: { timer: PRESET_TIMER },
      fallbackRendererOptions: { timer: PRESET_TIMER },
    },
  ).run();
  writeFileSync(file, JSON.stringify({ anchor, ended: new Date().toISOString() } satisfies Told));
}
