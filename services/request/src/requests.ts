import { EventStore, Streams } from '@eaf/event-store';
import { Injectable } from '@nestjs/common';
import { evolve, noRequest, type RequestFact, type VmRequest } from './domain/vm-request.js';
import { projectRequest } from './read-models/project-request.js';
import type { RequestTables } from './read-models/tables.js';

@Injectable()
export class Requests extends Streams<VmRequest, RequestFact, RequestTables> {
  constructor(store: EventStore<RequestTables>) {
    super(store, {
      category: 'vm-request',
      initial: noRequest,
      evolve: (state, event) => evolve(state, event as RequestFact),
      project: projectRequest,
    });
  }
}
