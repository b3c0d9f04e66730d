import { randomUUID } from 'node:crypto';
import { EventStore, type EventStoreTables } from '@eaf/event-store';
import { servePeer } from '../peer.js';
import { makeBenchSchema, openDatabase } from './bench-schema.js';
import { fact, happened, originOfBench } from './happened.js';
import { inParallel } from './in-parallel.js';

servePeer(async (parts) => {
  const database = openDatabase(await makeBenchSchema(parts), 8);
  const store = new EventStore<EventStoreTables>(database, 'bench', [happened]);
  const append = async (n: number) => {
    const origin = originOfBench();
    await store.commit(origin, [store.record(origin, `thing:${randomUUID()}`, 0, new Date(), [fact(n)])]);
  };
  return {
    round: async () => ({ perSecond: await inParallel(parts.size, 8, append) }),
    close: () => database.close(),
  };
});
