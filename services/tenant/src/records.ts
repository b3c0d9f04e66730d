import { EventStore, Streams } from '@eaf/event-store';
import { Injectable } from '@nestjs/common';
import type { RecordFact, RecordState } from './domain/records.js';
import { projectRecord } from './read-models/project-record.js';
import type { TenantTables } from './read-models/tables.js';

/** One stream a thing: the tenant, a member, a project, a size, a limit. Ids keep them apart: `tenant`, `member:<id>` … */
@Injectable()
export class Records extends Streams<RecordState, RecordFact, TenantTables> {
  constructor(store: EventStore<TenantTables>) {
    super(store, { category: 'record', initial: 0, evolve: (count) => count + 1, project: projectRecord });
  }
}
