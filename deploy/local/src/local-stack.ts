import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { services } from '@dvmm/contracts';
import { issueSetupToken } from '@dvmm/tenant/setup-token';
import { findTool, makeVcsimTemplate, type Part, type Postgres, type Vcsim } from '@eaf/testing';
import { Listr, PRESET_TIMER } from 'listr2';
import { addressesOf } from './addresses.js';
import { composed } from './compose-parts.js';
import { writeConnections } from './connections.js';
import { inHome, root } from './folder.js';
import { seed } from './job/seed.js';
import { type LocalSettings, localSettings, passwordOf } from './local-settings.js';
import { outside as startedHere } from './outside-parts.js';
import { startFarewell, startGateway, startService } from './own-parts.js';
import { fromCompose } from './parts-from.js';
import { setUpBroker } from './set-up/broker.js';
import { makeKeys } from './set-up/keys.js';
import { databaseName, migrateAll, prepareDatabase } from './set-up/prepare-database.js';

const outside = fromCompose ? composed : startedHere;

export interface LocalStack {
  readonly settings: LocalSettings;
  readonly vcsim: Vcsim;
  /** Started parts by name. */
  readonly parts: Map<string, Part>;
  stop(): Promise<void>;
}

interface Started {
  settings: LocalSettings;
  postgres: Postgres;
  vcsim: Vcsim;
}

/**
 * Starts everything, the first time with two tenants in it. When a step fails, all that was started is ended; what was
 * still starting, or runs when this process is killed, ends with it.
 */
export async function startLocalStack({ quiet = false } = {}): Promise<LocalStack> {
  const settings = await localSettings();
  const parts = new Map<string, Part>();
  const keep = async <P extends Part>(name: string, starting: Promise<P>): Promise<P> => {
    const part = await starting;
    parts.set(name, part);
    return part;
  };
  const server = {
    host: '127.0.0.1',
    port: settings.ports.postgres,
    user: 'postgres',
    password: passwordOf(settings, 'postgres'),
  };
  const password = (name: string) => passwordOf(settings, name);
  const context = { settings } as Started;

  const tasks = new Listr<Started>(
    [
      {
        title: 'Programs: nats-server, vcsim',
        enabled: () => !fromCompose,
        task: async (_, task) => {
          for (const name of ['nats-server', 'vcsim'] as const)
            await findTool(name, (line) => void (task.output = line));
        },
      },
      {
        title: 'Parts that DVMM stands on',
        task: (_, task) =>
          task.newListr(
            [
              {
                title: 'PostgreSQL 18',
                task: async (ctx) => void (ctx.postgres = await keep('postgres', outside.postgres(settings))),
              },
              { title: 'NATS with JetStream', task: async () => void (await keep('nats', outside.nats(settings))) },
              {
                title: 'vCenter (simulator) and its guests',
                task: async (ctx) => {
                  ctx.vcsim = await keep('vcsim', outside.vcsim(settings));
                  await makeVcsimTemplate(ctx.vcsim, 'ubuntu-24.04');
                  await keep('vcsim-guests', outside.guests(ctx.vcsim));
                },
              },
              { title: 'OIDC provider', task: async () => void (await keep('oidc-provider', outside.oidc(settings))) },
              { title: 'Mail sink', task: async () => void (await keep('mail-sink', outside.mail(settings))) },
            ],
            { concurrent: true },
          ),
      },
      {
        title: 'Keys, schemas, streams',
        task: async () => {
          makeKeys();
          await prepareDatabase(server, password);
          await migrateAll(server, password);
          await setUpBroker(addressesOf(settings).nats, password('nats-setup'));
        },
      },
      {
        title: 'Services',
        task: (_, task) =>
          task.newListr(
            [
              ...services.map((service) => ({
                title: service,
                task: async () => void (await keep(service, startService(settings, service))),
              })),
              { title: 'gateway', task: async () => void (await keep('gateway', startGateway(settings))) },
              {
                title: 'farewell: deletes what a removed tenant leaves',
                task: async () => void (await keep('farewell', startFarewell(settings))),
              },
            ],
            { concurrent: true },
          ),
      },
      {
        title: 'Two tenants',
        skip: () =>
          existsSync(inHome('seeded.json')) && readFileSync(inHome('seeded.json'), 'utf8') !== '' && 'seeded before',
        task: async (ctx, task) => {
          const token = await issueSetupToken({ ...server, database: databaseName });
          await seed(settings, ctx.vcsim, token, (line) => void (task.output = line));
          writeFileSync(inHome('seeded.json'), JSON.stringify({ at: new Date().toISOString() }));
        },
      },
      {
        title: `Connections in ${relative(root, inHome('connections.json'))}`,
        task: (ctx) => writeConnections(settings, ctx.vcsim),
      },
    ],
    {
      ctx: context,
      silentRendererCondition: quiet,
      fallbackRenderer: 'simple',
      rendererOptions: { collapseSubtasks: false, timer: PRESET_TIMER },
      fallbackRendererOptions: { timer: PRESET_TIMER },
    },
  );
  try {
    await tasks.run(context);
  } catch (error) {
    await stopInOrder(parts);
    throw error;
  }
  return { settings, vcsim: context.vcsim, parts, stop: () => stopInOrder(parts) };
}

/** Nothing new is taken before what is under way has ended: the gateway, then the services, then what they stand on. */
async function stopInOrder(parts: ReadonlyMap<string, Part>): Promise<void> {
  const own: readonly string[] = [...services, 'farewell'];
  const waves = [['gateway'], own, [...parts.keys()].filter((name) => name !== 'gateway' && !own.includes(name))];
  for (const wave of waves) await Promise.all(wave.map((name) => parts.get(name)?.stop()));
}
