import type {
  cancelRequest,
  RequestedVm,
  RequestState,
  requestAbandoned,
  requestApproved,
  requestCancelled,
  requestCancelRequested,
  requestCreatedNotCustomised,
  requestExpired,
  requestFailed,
  requestProvisioningStarted,
  requestReady,
  requestRejected,
  requestSubmitted,
} from '@dvmm/contracts';
import { type FactOf, type RefusalOf, refuse } from '@eaf/messaging/contract';

export type RequestFact =
  | FactOf<typeof requestSubmitted>
  | FactOf<typeof requestApproved>
  | FactOf<typeof requestRejected>
  | FactOf<typeof requestCancelRequested>
  | FactOf<typeof requestCancelled>
  | FactOf<typeof requestExpired>
  | FactOf<typeof requestAbandoned>
  | FactOf<typeof requestProvisioningStarted>
  | FactOf<typeof requestReady>
  | FactOf<typeof requestCreatedNotCustomised>
  | FactOf<typeof requestFailed>;

type Submitted = FactOf<typeof requestSubmitted>['data'];

/** `abandoned`: things were held for a submit that did not come to its end; it may be submitted after all. */
export type VmRequest =
  | { readonly phase: 'none' | 'abandoned' }
  | {
      readonly phase: RequestState;
      readonly requestId: string;
      readonly requesterId: string;
      readonly vm: RequestedVm;
      readonly contentHash: string;
      /** It failed, but something half-made is left: an administrator may still end the work, one way or the other. */
      readonly leftovers?: boolean;
    };

export const noRequest: VmRequest = { phase: 'none' };

export type RequestCommand =
  | ({ readonly type: 'submit' } & Submitted)
  | { readonly type: 'settle'; readonly requestId: string }
  | {
      readonly type: 'grant';
      readonly contentHash: string;
      readonly automatic: boolean;
      readonly approverIds: string[];
    }
  | { readonly type: 'reject'; readonly approverId: string; readonly reason: string }
  | { readonly type: 'expire' }
  | { readonly type: 'cancel' }
  | { readonly type: 'note-start' }
  | ({ readonly type: 'note-ready' } & Pick<
      FactOf<typeof requestReady>['data'],
      'vmId' | 'hostName' | 'addresses' | 'loginText'
    >)
  | { readonly type: 'note-not-customised'; readonly vmId: string; readonly reason: string }
  | { readonly type: 'note-failure'; readonly reason: string; readonly detail: string; readonly nothingLeft: boolean }
  | { readonly type: 'note-removal' };

/** The one place where a request's fate is decided (D3): a grant and a cancel at the same moment cannot both succeed. */
export function decide(command: Exclude<RequestCommand, { type: 'cancel' }>, state: VmRequest): RequestFact[] {
  if (state.phase === 'none' || state.phase === 'abandoned') return begin(command);
  if (!('vm' in state)) return [];
  const { requestId, requesterId, vm, contentHash } = state;
  const request = { requestId, requesterId };
  switch (command.type) {
    case 'submit':
    case 'settle':
      return []; // Already submitted: asking twice changes nothing.
    case 'grant':
      // Granted was what the approver saw. A cancelled or expired request stays so: the grant came too late.
      if (state.phase !== 'submitted' || command.contentHash !== contentHash) return [];
      return [
        {
          type: 'request.approved',
          data: { ...request, vm, contentHash, automatic: command.automatic, approverIds: command.approverIds },
        },
      ];
    case 'reject':
      if (state.phase !== 'submitted') return [];
      return [
        {
          type: 'request.rejected',
          data: { ...request, approverId: command.approverId, reason: command.reason, vmName: vm.name },
        },
      ];
    case 'expire':
      return state.phase === 'submitted' ? [{ type: 'request.expired', data: request }] : [];
    case 'note-start':
      return state.phase === 'approved' ? [{ type: 'request.provisioning-started', data: request }] : [];
    case 'note-ready': {
      // A cancel that reached provisioning too late has lost: the VM exists and runs.
      if (!isInWork(state)) return [];
      const { type: _, ...result } = command;
      return [{ type: 'request.ready', data: { ...request, ...result, vmName: vm.name } }];
    }
    case 'note-not-customised':
      if (!isInWork(state)) return [];
      return [
        {
          type: 'request.created-not-customised',
          data: { ...request, vmId: command.vmId, vmName: vm.name, reason: command.reason },
        },
      ];
    case 'note-failure':
      if (!isInWork(state)) return [];
      return [
        {
          type: 'request.failed',
          data: {
            ...request,
            vmName: vm.name,
            reason: command.reason,
            detail: command.detail,
            nothingLeft: command.nothingLeft,
          },
        },
      ];
    case 'note-removal':
      return state.phase === 'cancelling' ? [{ type: 'request.cancelled', data: request }] : [];
    default:
      return unreachable(command);
  }
}

/** Before provisioning has begun a cancel is final at once; afterwards what was begun must be proven gone first. */
export function decideCancel(state: VmRequest): RequestFact[] | RefusalOf<typeof cancelRequest> {
  if (!('vm' in state)) return refuse('not-found');
  const request = { requestId: state.requestId, requesterId: state.requesterId };
  switch (state.phase) {
    case 'submitted':
      return [{ type: 'request.cancelled', data: request }];
    case 'approved':
    case 'provisioning':
      return [{ type: 'request.cancel-requested', data: request }];
    case 'cancelling':
    case 'cancelled':
      return []; // Asked for already.
    default:
      return refuse('request.already-ended', { state: state.phase });
  }
}

function begin(command: Exclude<RequestCommand, { type: 'cancel' }>): RequestFact[] {
  if (command.type === 'submit') {
    const { type: _, ...data } = command;
    return [{ type: 'request.submitted', data }];
  }
  // Also after an earlier one: since then the request may have been tried again, and what that try holds is freed by the
  // next version alone. A submit that is still under way then fails on the version it loaded.
  if (command.type === 'settle') return [{ type: 'request.abandoned', data: { requestId: command.requestId } }];
  return [];
}

function isInWork({ phase, leftovers }: Extract<VmRequest, { vm: RequestedVm }>): boolean {
  return (
    phase === 'approved' ||
    phase === 'provisioning' ||
    phase === 'cancelling' ||
    (phase === 'failed' && leftovers === true)
  );
}

/** The state that each event leads to. What was abandoned was never a request, so there is none to show. */
export const phaseAfter: Record<Exclude<RequestFact['type'], 'request.abandoned'>, RequestState> = {
  'request.submitted': 'submitted',
  'request.approved': 'approved',
  'request.rejected': 'rejected',
  'request.cancel-requested': 'cancelling',
  'request.cancelled': 'cancelled',
  'request.expired': 'expired',
  'request.provisioning-started': 'provisioning',
  'request.ready': 'ready',
  'request.created-not-customised': 'created-not-customised',
  'request.failed': 'failed',
};

export function evolve(state: VmRequest, event: RequestFact): VmRequest {
  switch (event.type) {
    case 'request.submitted': {
      const { requestId, requesterId, vm, contentHash } = event.data;
      return { phase: phaseAfter[event.type], requestId, requesterId, vm, contentHash };
    }
    case 'request.abandoned':
      return { phase: 'abandoned' };
    case 'request.failed':
      return 'vm' in state ? { ...state, phase: phaseAfter[event.type], leftovers: !event.data.nothingLeft } : state;
    default:
      return 'vm' in state ? { ...state, phase: phaseAfter[event.type] } : state;
  }
}

function unreachable(command: never): never {
  throw new Error(`No rule for ${JSON.stringify(command)}`);
}
