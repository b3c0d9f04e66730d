import type { OperationContext } from '@eaf/messaging';
import { Live } from '@eaf/messaging';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { decideRun, type RunCommand, type RunRefusal, refuseIfEnded } from '../domain/decide-run.js';
import { tellOfRun } from '../live-hints.js';
import { nudge, timer } from '../own-timers.js';
import { type ShownRun, showRunState } from '../read-models/run-list.js';
import type { ProvisioningTables } from '../tables.js';
import { Runs } from './runs.js';

/** An administrator's act on a run that has not ended: decided, stored, and looked at by a worker at once. */
@Injectable()
export class ActOnRun {
  constructor(
    private readonly runs: Runs,
    private readonly database: Database<ProvisioningTables>,
    private readonly live: Live,
  ) {}

  async decide(context: OperationContext, id: string, command: RunCommand): Promise<ShownRun | RunRefusal> {
    const startedAt = await this.#startedAt(context.tenant, id);
    const reply = await this.runs.decide(
      context,
      id,
      ({ state }) => refuseIfEnded(state) ?? decideRun(command, state),
      {
        reply: (state) => showRunState(id, state, { startedAt, changedAt: new Date() }),
        also: () => [nudge(timer.run, id, context)],
      },
    );
    tellOfRun(this.live, context.tenant, id);
    return reply;
  }

  async #startedAt(tenant: string, id: string): Promise<Date> {
    const { sql } = this.database;
    const [row] = await this.database.read(
      tenant,
      sql.selectFrom('run').select('started_at').where('tenant_id', '=', tenant).where('id', '=', id),
    );
    return row?.started_at ?? new Date(0); // Then there is no run, and the answer is a refusal.
  }
}
