import type { removalRequested, tenantRemoved } from '@dvmm/contracts';
import type { FactOf, Recorded } from '@eaf/messaging/contract';

export type RemovalFact = FactOf<typeof removalRequested> | FactOf<typeof tenantRemoved>;

/** A tenant's removal, in the platform's own stream: the tenant's streams go with it. */
export type Removal =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'requested' | 'removed';
      readonly slug: string;
      readonly name: string;
      readonly requestedBy: string;
    };

export const noRemoval: Removal = { phase: 'none' };

/** Asked twice, it is one removal; nothing takes it back. */
export function requestRemoval(tenant: { id: string; slug: string; name: string }, state: Removal): RemovalFact[] {
  const { id: tenantId, slug, name } = tenant;
  return state.phase === 'none' ? [{ type: 'tenant.removal-requested', data: { tenantId, slug, name } }] : [];
}

export type Certificate = Omit<FactOf<typeof tenantRemoved>['data'], 'tenantId' | 'slug' | 'name' | 'requestedBy'>;

/** The first certificate counts: a job that was killed after it finds nothing more to delete. */
export function certify(tenantId: string, certificate: Certificate, state: Removal): RemovalFact[] {
  if (state.phase !== 'requested') return [];
  const { slug, name, requestedBy } = state;
  return [{ type: 'tenant.removed', data: { tenantId, slug, name, requestedBy, ...certificate } }];
}

export function evolve(state: Removal, event: Recorded<RemovalFact>): Removal {
  switch (event.type) {
    case 'tenant.removal-requested': {
      const { slug, name } = event.data;
      return { phase: 'requested', slug, name, requestedBy: event.actorId };
    }
    case 'tenant.removed':
      return state.phase === 'none' ? state : { ...state, phase: 'removed' };
  }
}
