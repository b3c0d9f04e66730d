import type { held, holdReleased } from '@dvmm/contracts';
import type { FactOf, Recorded } from '@eaf/messaging/contract';

export type HoldFact = FactOf<typeof held> | FactOf<typeof holdReleased>;
export type Held = FactOf<typeof held>['data'];
/** What a request holds now; undefined = nothing, or no longer. */
export type Hold = { readonly held: Held | undefined };

export const noHold: Hold = { held: undefined };

export function evolveHold(_: Hold, event: Recorded<HoldFact>): Hold {
  return event.type === 'provisioning.held' ? { held: event.data } : noHold;
}

/** May come several times, from a rejection, a failure and a deletion alike; only the first finds something to release. */
export function releaseHold(hold: Hold, requestId: string, because: string): HoldFact[] {
  return hold.held ? [{ type: 'provisioning.hold-released', data: { requestId, because } }] : [];
}
