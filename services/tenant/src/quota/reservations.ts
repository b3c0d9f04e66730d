import type { QuotaAmounts } from '@dvmm/contracts';
import { EventStore, Streams, setTimer, withoutKey } from '@eaf/event-store';
import type { OperationContext } from '@eaf/messaging';
import type { Reaction } from '@eaf/messaging/contract';
import { type SqlStatement, sqlState } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import {
  evolve,
  noReservation,
  type Reservation,
  type ReservationFact,
  type ReserveCommand,
  reserve,
} from '../domain/reservation.js';
import type { TenantTables } from '../read-models/tables.js';

/** A quota is short; nothing was reserved. */
export class QuotaShort extends Error {
  override readonly name = 'QuotaShort';
  constructor(
    readonly shortage: {
      scope: 'tenant' | 'project';
      dimension: keyof QuotaAmounts;
      limit: number;
      left: number;
      asked: number;
    },
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
      evolve,
    });
  }

  /** @throws QuotaShort */
  async reserve(context: OperationContext, command: ReserveCommand): Promise<void> {
    let before: Reservation = noReservation;
    let facts: readonly ReservationFact[] = [];
    await this.decide(
      withoutKey(context),
      command.requestId,
      ({ state }) => {
        before = state;
        facts = reserve(command, state);
        return facts;
      },
      {
        also: (_, now) => [
          ...quotaMoves(before, facts),
          ...(facts.length > 0
            ? [setTimer(settleTimer, command.requestId, new Date(now.getTime() + settleAfterMs), context)]
            : []),
        ],
      },
    ).catch((error: unknown) => {
      if (sqlState(error) !== 'QU001') throw error;
      throw new QuotaShort(JSON.parse((error as { detail: string }).detail), error);
    });
  }

  /** A reaction: what the facts do to the reservation, they do to the quota rows in the same transaction. */
  async change(
    reaction: Reaction,
    requestId: string,
    rule: (state: Reservation) => readonly ReservationFact[],
  ): Promise<void> {
    let before: Reservation = noReservation;
    let facts: readonly ReservationFact[] = [];
    await this.react(
      reaction,
      requestId,
      ({ state }) => {
        before = state;
        facts = rule(state);
        return facts;
      },
      { also: () => quotaMoves(before, facts) },
    );
  }
}

/** What each fact does to the two quota rows. */
function quotaMoves(before: Reservation, facts: readonly ReservationFact[]): SqlStatement[] {
  let state = before;
  return facts.flatMap((fact) => {
    const from = state;
    state = evolve(state, fact);
    switch (fact.type) {
      case 'tenant.quota-reserved':
        return [quotaCall('reserve_quota', fact.data.projectId, fact.data.amounts)];
      case 'tenant.quota-consumed':
        return from.phase === 'none' ? [] : [quotaCall('move_quota', from.projectId, from.amounts, -1, 1)];
      case 'tenant.quota-released': {
        if (from.phase === 'none') return [];
        const [reserved, used] = from.phase === 'consumed' ? [0, -1] : [-1, 0];
        return [quotaCall('move_quota', from.projectId, from.amounts, reserved, used)];
      }
    }
  });
}

function quotaCall(sqlFunction: string, projectId: string, amounts: QuotaAmounts, ...signs: number[]): SqlStatement {
  const parameters = [projectId, amounts.vms, amounts.vcpus, amounts.memoryMiB, amounts.diskGiB, ...signs];
  return { sql: `SELECT ${sqlFunction}(${parameters.map((_, index) => `$${index + 1}`).join(', ')})`, parameters };
}
