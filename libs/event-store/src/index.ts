import { fileURLToPath } from 'node:url';

export { DatabaseJournal, type Redelivered } from './consumer-journal.js';
export { type Append, EventStore, type LoadedStream, type NewFact } from './event-store.js';
export { ClaimLost, HandledBefore, KeyReused, OutOfOrder, VersionConflict } from './faults.js';
export { type Idempotency, type Origin, originOf, type Reaction, withoutKey } from './origin.js';
export { type EventRow, eventColumns, toRecorded } from './recorded-row.js';
export { Relay } from './relay.js';
export { type Aggregate, type Consequences, keepCopy, type Loaded, retryOnConflict, Streams } from './streams.js';
export type { EventStoreTables } from './tables.js';
export { type Claim, keep, release, setDeadline, setTimer, type TimerHandler, Timers } from './timers.js';

/** The event store's migrations: every service's schema gets them first. */
export const eventStoreMigrations = {
  name: 'event-store',
  directory: fileURLToPath(new URL('../migrations', import.meta.url)),
};
