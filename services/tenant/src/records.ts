import { EventStore, Streams } from '@eaf/event-store';
import { Injectable } from '@nestjs/common';
import type { RecordFact } from './domain/records.js';
import { projectRecord } from './read-models/project-record.js';
import type { TenantTables } from './read-models/tables.js';

/** One stream a thing: the tenant, a member, a project, a size, a limit. Ids keep them apart: `tenant`, `member:<id>` … */
@Injectable()
export class Records extends Streams<undefined, RecordFact, TenantTables> {
  constructor(store: EventStore<TenantTables>) {
    super(store, { category: 'record', initial: undefined, evolve: () => undefined, project: projectRecord });
  }
}
