import 'reflect-metadata';
import { join } from 'node:path';
import { createKeyPairFiles } from '@eaf/auth';
import { EventStore, keepCopy } from '@eaf/event-store';
import { Hears, setUpStreams } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { serviceConfig, startService } from '@eaf/service';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Controller, Module } from '@nestjs/common';
import { type Peer, servePeer } from '../peer.js';
import { makeBenchSchema } from './bench-schema.js';
import { benchContracts, fact, happened, originOfBench } from './happened.js';
import { Latency } from './latency.js';

const latency = new Latency();
let store: EventStore;

@Controller()
class OnHappened {
  constructor(own: EventStore) {
    store = own;
  }

  @Hears(happened)
  async handle(event: Heard<typeof happened>, reaction: Reaction): Promise<void> {
    latency.heard(event.data.n);
    await keepCopy(store, reaction, []);
  }
}

@Module({ controllers: [OnHappened] })
class BenchModule {}

/** A whole service as production runs it: store, relay, transport, consumer with its position. */
servePeer(async (parts): Promise<Peer> => {
  const schema = await makeBenchSchema(parts);
  const setUp = await connect({ servers: parts.nats.url, user: parts.nats.user, pass: parts.nats.password });
  await setUpStreams(await jetstreamManager(setUp), benchContracts);
  await setUp.close();
  const keys = join(parts.dir, 'keys');
  createKeyPairFiles(keys, join(keys, 'public'), ['bench']);
  const config = serviceConfig.parse({
    DB_HOST: schema.host,
    DB_PORT: schema.port,
    DB_NAME: schema.database,
    DB_USER: schema.app,
    DB_PASSWORD: schema.password,
    RUNNER_DB_USER: schema.runner,
    RUNNER_DB_PASSWORD: schema.password,
    NATS_URL: parts.nats.url,
    NATS_USER: parts.nats.user,
    NATS_PASSWORD: parts.nats.password,
    ACTOR_KEY_FILE: join(keys, 'bench.private.pem'),
    ACTOR_PUBLIC_KEYS_DIR: join(keys, 'public'),
    LOG_LEVEL: 'error',
  });
  const service = await startService(
    { context: 'bench', contracts: benchContracts, module: BenchModule, migrations: [] },
    config,
  );
  const write = async (n: number) => {
    const origin = originOfBench();
    await store.commit(origin, [store.record(origin, `thing:${n}`, 0, new Date(), [fact(n)])]);
  };
  return { round: () => latency.measure(parts.size, write), close: () => service.stop() };
});
