import { EventStore, Streams } from '@eaf/event-store';
import { Injectable } from '@nestjs/common';
import { type ApprovalCase, type CaseFact, evolve, noCase } from './domain/approval-case.js';
import { projectCase } from './read-models/project-case.js';
import type { ApprovalTables } from './read-models/tables.js';

@Injectable()
export class Cases extends Streams<ApprovalCase, CaseFact, ApprovalTables> {
  constructor(store: EventStore<ApprovalTables>) {
    super(store, {
      category: 'approval-case',
      initial: noCase,
      evolve: (state, event) => evolve(state, event as CaseFact),
      project: projectCase,
    });
  }
}
