import { type Append, EventStore, type Loaded, type Origin, Streams } from '@eaf/event-store';
import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { evolve, noRun, type Run, type RunFact } from '../domain/run-state.js';
import type { ProvisioningTables } from '../tables.js';
import { rowsOfRun } from './run-rows.js';

/** The runs: one stream a granted request. */
@Injectable()
export class Runs extends Streams<Run, RunFact, ProvisioningTables> {
  constructor(store: EventStore<ProvisioningTables>) {
    super(store, { category: 'run', initial: noRun, evolve, project: rowsOfRun });
  }

  /** Stores facts decided on `loaded`, with events of other streams and rows that must stand or fall with them. */
  async storeWith(
    origin: Origin,
    loaded: Loaded<Run>,
    facts: readonly RunFact[],
    also: { appends?: readonly Append[]; statements: readonly SqlStatement[] },
  ): Promise<Loaded<Run>> {
    const append = this.record(origin, loaded, facts);
    await this.store.commit(origin, [append, ...(also.appends ?? [])], {
      statements: [...this.rows(append.recorded), ...also.statements],
    });
    return { ...loaded, state: this.after(loaded, facts), version: loaded.version + facts.length };
  }

  /** What the run will be once `facts` are stored. */
  after(loaded: Loaded<Run>, facts: readonly RunFact[]): Run {
    const place = {
      correlationId: loaded.state.correlationId ?? '',
      traceparent: loaded.state.traceparent,
      time: loaded.now,
    };
    return facts.reduce<Run>((run, fact) => evolve(run, { ...fact, ...place } as Recorded<RunFact>), loaded.state);
  }
}
