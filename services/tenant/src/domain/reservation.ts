import type { QuotaAmounts, quotaConsumed, quotaReleased, quotaReserved, SizeSpec } from '@dvmm/contracts';
import type { FactOf } from '@eaf/messaging/contract';

export type ReservationFact = FactOf<typeof quotaReserved> | FactOf<typeof quotaConsumed> | FactOf<typeof quotaReleased>;

/** What one request takes of the quotas. Released amounts may be reserved again, by a submit that was settled too early. */
export type Reservation =
  | { readonly phase: 'none' }
  | ({ readonly phase: 'reserved' | 'consumed' | 'released' } & FactOf<typeof quotaReserved>['data']);

export const noReservation: Reservation = { phase: 'none' };

export interface ReserveCommand {
  readonly requestId: string;
  readonly project: { readonly id: string; readonly name: string };
  readonly size: SizeSpec;
}

/** Asked again while it holds, nothing more is reserved. */
export function reserve(command: ReserveCommand, state: Reservation): ReservationFact[] {
  if (state.phase === 'reserved' || state.phase === 'consumed') return [];
  const { requestId, project, size } = command;
  return [
    {
      type: 'tenant.quota-reserved',
      data: { requestId, projectId: project.id, projectName: project.name, amounts: amountsOf(size), size },
    },
  ];
}

export function consume(requestId: string, state: Reservation): ReservationFact[] {
  return state.phase === 'reserved' ? [{ type: 'tenant.quota-consumed', data: { requestId } }] : [];
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
