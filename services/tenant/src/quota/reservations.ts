import type { QuotaAmounts } from '@dvmm/contracts';
import { EventStore, setTimer, Streams } from '@eaf/event-store';
import type { OperationContext } from '@eaf/messaging';
import type { Reaction } from '@eaf/messaging/contract';
import { type SqlStatement, sqlState } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import {
  consume,
  evolve,
  noReservation,
  type Reservation,
  type ReservationFact,
  type ReserveCommand,
  release,
  reserve,
} from '../domain/reservation.js';
import type { TenantTables } from '../read-models/tables.js';

/** A quota is short; nothing was reserved. */
export class QuotaShort extends Error {
  override readonly name = 'QuotaShort';
  constructor(
    readonly shortage: { scope: 'tenant' | 'project'; dimension: keyof QuotaAmounts; limit: number; left: number; asked: number },
    cause: unknown,
  ) {
    super('quota exceeded', { cause });
  }
}

const settleAfterMs = 60_000;
export const settleTimer = 'settle-reservation';

/** Reservations, each with the quota rows that it moves in the same transaction. */
@Injectable()
export class Reservations extends Streams<Reservation, ReservationFact, TenantTables> {
  constructor(store: EventStore<TenantTables>) {
    super(store, {
      category: 'reservation',
      initial: noReservation,
      evolve: (state, event) => evolve(state, event as ReservationFact),
    });
  }

  /** @throws QuotaShort */
  async reserve(context: OperationContext, command: ReserveCommand): Promise<void> {
    let takes: readonly ReservationFact[] = [];
    await this.decide(
      { ...context, idempotency: undefined },
      command.requestId,
      ({ state }) => {
        takes = reserve(command, state);
        return takes;
      },
      {
        also: (state, now) =>
          takes.length === 0 || state.phase === 'none'
            ? []
            : [
                quotaCall('reserve_quota', state.projectId, state.amounts),
                setTimer(settleTimer, command.requestId, new Date(now.getTime() + settleAfterMs)),
              ],
      },
    ).catch((error: unknown) => {
      if (sqlState(error) !== 'QU001') throw error;
      throw new QuotaShort(JSON.parse((error as { detail: string }).detail), error);
    });
  }

  async consume(reaction: Reaction, requestId: string): Promise<void> {
    let before: Reservation = noReservation;
    await this.react(
      reaction,
      requestId,
      ({ state }) => {
        before = state;
        return consume(requestId, state);
      },
      { also: () => (before.phase === 'reserved' ? [quotaCall('move_quota', before.projectId, before.amounts, -1, 1)] : []) },
    );
  }

  async release(reaction: Reaction, requestId: string, because: string): Promise<void> {
    let before: Reservation = noReservation;
    await this.react(
      reaction,
      requestId,
      ({ state }) => {
        before = state;
        return release(requestId, because, state);
      },
      {
        also: () => {
          if (before.phase === 'reserved') return [quotaCall('move_quota', before.projectId, before.amounts, -1, 0)];
          if (before.phase === 'consumed') return [quotaCall('move_quota', before.projectId, before.amounts, 0, -1)];
          return [];
        },
      },
    );
  }
}

function quotaCall(sqlFunction: string, projectId: string, amounts: QuotaAmounts, ...signs: number[]): SqlStatement {
  const parameters = [projectId, amounts.vms, amounts.vcpus, amounts.memoryMiB, amounts.diskGiB, ...signs];
  return { sql: `SELECT ${sqlFunction}(${parameters.map((_, index) => `$${index + 1}`).join(', ')})`, parameters };
}
