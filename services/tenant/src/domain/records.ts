import type {
  brandingChanged,
  memberInvited,
  memberJoined,
  projectCreated,
  projectMemberRemoved,
  projectMemberSet,
  quotaSet,
  rolesChanged,
  signedIn,
  signedOut,
  sizeDefined,
  tenantCreated,
  tenantResumed,
  tenantSuspended,
} from '@dvmm/contracts';
import type { FactOf } from '@eaf/messaging/contract';

/** Facts whose latest word counts: nothing is decided from their history, so the stream has no state but its version. */
export type RecordFact =
  | FactOf<typeof tenantCreated>
  | FactOf<typeof tenantSuspended>
  | FactOf<typeof tenantResumed>
  | FactOf<typeof memberInvited>
  | FactOf<typeof memberJoined>
  | FactOf<typeof rolesChanged>
  | FactOf<typeof signedIn>
  | FactOf<typeof signedOut>
  | FactOf<typeof brandingChanged>
  | FactOf<typeof projectCreated>
  | FactOf<typeof projectMemberSet>
  | FactOf<typeof projectMemberRemoved>
  | FactOf<typeof sizeDefined>
  | FactOf<typeof quotaSet>;
