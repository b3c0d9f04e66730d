import { describe, expect, it } from 'vitest';
import {
  consume,
  evolve,
  noReservation,
  type Reservation,
  type ReservationFact,
  release,
  releaseAbandoned,
  reserve,
} from '../src/domain/reservation.js';

const requestId = '00000000-0000-4000-8000-000000000001';
const project = { id: '00000000-0000-4000-8000-000000000002', name: 'Webshop' };
const size = (key: string) => ({
  key,
  vcpus: 4,
  memoryMiB: 8192,
  diskGiB: 100,
  monthlyCostCents: 4200,
  currency: 'EUR',
});
const wish = (attempt = 0, key = 'M') => ({ requestId, attempt, project, size: size(key) });
const after = (...facts: ReservationFact[]): Reservation => facts.reduce(evolve, noReservation);
const types = (facts: readonly ReservationFact[]) => facts.map(({ type }) => type);

describe('a reservation', () => {
  it('is made once, however often it is asked for', () => {
    const state = after(...reserve(wish(), noReservation));
    expect(reserve(wish(), state)).toEqual([]);
  });

  it('is not two things under one attempt', () => {
    const state = after(...reserve(wish(), noReservation));
    expect(() => reserve(wish(0, 'L'), state)).toThrow('something else');
  });

  it('of a later attempt replaces the earlier one', () => {
    const state = after(...reserve(wish(), noReservation));
    expect(types(reserve(wish(1, 'L'), state))).toEqual(['tenant.quota-released', 'tenant.quota-reserved']);
  });

  it('outlives the late word that an earlier attempt was abandoned', () => {
    const first = after(...reserve(wish(), noReservation));
    const second = [...reserve(wish(1), first)].reduce(evolve, first);
    expect(releaseAbandoned(requestId, 1, first)).toHaveLength(1);
    expect(releaseAbandoned(requestId, 1, second)).toEqual([]);
  });

  it('is freed once, whether it was used or not', () => {
    const reserved = after(...reserve(wish(), noReservation));
    const used = consume(requestId, reserved).reduce(evolve, reserved);
    for (const state of [reserved, used]) {
      const freed = release(requestId, 'x', state).reduce(evolve, state);
      expect(release(requestId, 'x', freed)).toEqual([]);
    }
  });
});
