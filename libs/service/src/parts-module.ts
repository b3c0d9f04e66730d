import { EventStore, type EventStoreTables, Timers } from '@eaf/event-store';
import { Calls, Live } from '@eaf/messaging';
import { Database } from '@eaf/tenancy';
import { type DynamicModule, Module } from '@nestjs/common';
import { Log } from './log.js';

export interface Parts {
  readonly database: Database<EventStoreTables>;
  readonly store: EventStore<EventStoreTables>;
  readonly timers: Timers;
  readonly calls: Calls;
  readonly live: Live;
  readonly log: Log;
}

@Module({})
class PartsModule {}

/** What every feature may ask NestJS for, by class. */
export function partsModule(parts: Parts): DynamicModule {
  const providers = [
    { provide: Database, useValue: parts.database },
    { provide: EventStore, useValue: parts.store },
    { provide: Timers, useValue: parts.timers },
    { provide: Calls, useValue: parts.calls },
    { provide: Live, useValue: parts.live },
    { provide: Log, useValue: parts.log },
  ];
  return { module: PartsModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
}
