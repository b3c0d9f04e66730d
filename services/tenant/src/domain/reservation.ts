import type { QuotaAmounts, quotaConsumed, quotaReleased, quotaReserved, SizeSpec } from '@dvmm/contracts';
import { type FactOf, OperationFault } from '@eaf/messaging/contract';

export type ReservationFact =
  | FactOf<typeof quotaReserved>
  | FactOf<typeof quotaConsumed>
  | FactOf<typeof quotaReleased>;

/** What one request takes of the quotas. Released amounts may be reserved again, by a submit that was settled too early. */
export type Reservation =
  | { readonly phase: 'none' }
  | ({ readonly phase: 'reserved' | 'consumed' | 'released' } & FactOf<typeof quotaReserved>['data']);

export const noReservation: Reservation = { phase: 'none' };

export interface ReserveCommand {
  readonly requestId: string;
  /** Grows each time an unfinished submit was settled as abandoned. */
  readonly attempt: number;
  readonly project: { readonly id: string; readonly name: string };
  readonly size: SizeSpec;
}

/**
 * Asked again while it holds, nothing more is reserved. A later attempt replaces an earlier one's reservation, since the
 * event that would free that one may still be on its way. One attempt that asks for two different things is a conflict.
 */
export function reserve(command: ReserveCommand, state: Reservation): ReservationFact[] {
  const { requestId, attempt, project, size } = command;
  const reserved: ReservationFact = {
    type: 'tenant.quota-reserved',
    data: { requestId, attempt, projectId: project.id, projectName: project.name, amounts: amountsOf(size), size },
  };
  if (state.phase === 'none' || state.phase === 'released') return [reserved];
  if (state.phase === 'reserved' && state.attempt < attempt)
    return [...release(requestId, 'abandoned', state), reserved];
  if (state.projectId === project.id && state.size.key === size.key) return [];
  throw new OperationFault(
    'conflict',
    'This request has reserved something else already; it is freed within a minute.',
  );
}

export function consume(requestId: string, state: Reservation): ReservationFact[] {
  return state.phase === 'reserved' ? [{ type: 'tenant.quota-consumed', data: { requestId } }] : [];
}

/** An abandoned attempt frees what it had reserved, not what a later one has. */
export function releaseAbandoned(requestId: string, abandonedAtVersion: number, state: Reservation): ReservationFact[] {
  return state.phase === 'reserved' && state.attempt < abandonedAtVersion ? release(requestId, 'abandoned', state) : [];
}

export function release(requestId: string, because: string, state: Reservation): ReservationFact[] {
  const holds = state.phase === 'reserved' || state.phase === 'consumed';
  return holds ? [{ type: 'tenant.quota-released', data: { requestId, because } }] : [];
}

export function evolve(state: Reservation, event: ReservationFact): Reservation {
  switch (event.type) {
    case 'tenant.quota-reserved':
      return { phase: 'reserved', ...event.data };
    case 'tenant.quota-consumed':
      return state.phase === 'none' ? state : { ...state, phase: 'consumed' };
    case 'tenant.quota-released':
      return state.phase === 'none' ? state : { ...state, phase: 'released' };
  }
}

export function amountsOf(size: SizeSpec): QuotaAmounts {
  return { vms: 1, vcpus: size.vcpus, memoryMiB: size.memoryMiB, diskGiB: size.diskGiB };
}
