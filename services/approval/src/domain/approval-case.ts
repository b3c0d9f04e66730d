import type {
  approve as approveOperation,
  approversChanged,
  caseClosed,
  caseExpired,
  caseGranted,
  caseOpened,
  caseRejected,
  nobodyMayDecide,
  ownRequestRefused,
  PolicyStage,
  stageApproved,
  stageOpened,
} from '@dvmm/contracts';
import { type FactOf, type Output, type RefusalOf, refuse } from '@eaf/messaging/contract';
import { type Electorate, eligibleIn } from './electorate.js';

export type CaseFact =
  | FactOf<typeof caseOpened>
  | FactOf<typeof stageOpened>
  | FactOf<typeof approversChanged>
  | FactOf<typeof nobodyMayDecide>
  | FactOf<typeof stageApproved>
  | FactOf<typeof caseGranted>
  | FactOf<typeof caseRejected>
  | FactOf<typeof caseClosed>
  | FactOf<typeof caseExpired>
  | FactOf<typeof ownRequestRefused>;

export type CaseOutcome = Output<typeof approveOperation>['outcome'];
export type DecisionRefusal = RefusalOf<typeof approveOperation>;

export interface OpenedCase {
  readonly outcome: CaseOutcome;
  readonly requestId: string;
  readonly requesterId: string;
  readonly contentHash: string;
  readonly projectId: string;
  readonly stages: readonly PolicyStage[];
  /** Counts from 1. */
  readonly stage: number;
  readonly eligible: readonly string[];
  readonly nobodyMayDecide: boolean;
  readonly approvedInStage: readonly string[];
  /** Over all stages: a person counts once in a case. */
  readonly counted: readonly string[];
  readonly decidedBy: string | null;
}
export type ApprovalCase = OpenedCase | { readonly outcome: 'none' };

export const noCase: ApprovalCase = { outcome: 'none' };

export type CaseCommand =
  | {
      readonly type: 'open';
      readonly opening: FactOf<typeof caseOpened>['data'];
      readonly automatic: boolean;
      readonly electorate: Electorate;
    }
  | { readonly type: 'reconsider'; readonly electorate: Electorate }
  | { readonly type: 'close'; readonly because: string }
  | { readonly type: 'expire' };

export interface DecisionCommand {
  readonly actorId: string;
  /** What the approver saw, if she says so. */
  readonly contentHash: string | undefined;
  /** The case names or named her, or she sees all of the tenant; for others it does not exist. */
  readonly mayKnow: boolean;
}

export function decide(command: CaseCommand, state: ApprovalCase): CaseFact[] {
  switch (command.type) {
    case 'open':
      return state.outcome === 'none' ? open(command) : [];
    case 'reconsider':
      return state.outcome === 'open' ? reconsider(command.electorate, state) : [];
    case 'close':
      if (state.outcome !== 'open') return [];
      return [{ type: 'approval.closed', data: { requestId: state.requestId, because: command.because } }];
    case 'expire':
      // The timer may ring after the decision; that is no fact.
      return state.outcome === 'open' ? [{ type: 'approval.expired', data: { requestId: state.requestId } }] : [];
    default:
      return unreachable(command);
  }
}

export function approve(
  command: DecisionCommand & { readonly electorate: Electorate },
  state: ApprovalCase,
): CaseFact[] | DecisionRefusal {
  const refused = mayNotDecide(command, state);
  if (refused) return refused;
  const opened = state as OpenedCase;
  const { requestId, stage, stages, approvedInStage, contentHash, counted } = opened;
  const approvers = [...approvedInStage, command.actorId];
  const stageComplete = approvers.length >= quorumOf(opened);
  const approved: CaseFact = {
    type: 'approval.stage-approved',
    data: { requestId, stage: stageRef(opened, stage), by: command.actorId, stageComplete },
  };
  if (!stageComplete) return [approved];
  const approverIds = [...counted, command.actorId];
  if (stage === stages.length) {
    return [approved, { type: 'approval.granted', data: { requestId, contentHash, automatic: false, approverIds } }];
  }
  return [approved, openStage(stage + 1, opened, command.electorate, approverIds)];
}

export function reject(
  command: DecisionCommand & { readonly reason: string },
  state: ApprovalCase,
): CaseFact[] | DecisionRefusal {
  const refused = mayNotDecide(command, state);
  if (refused) return refused;
  const { requestId } = state as OpenedCase;
  return [{ type: 'approval.rejected', data: { requestId, by: command.actorId, reason: command.reason } }];
}

function mayNotDecide(
  { actorId, contentHash, mayKnow }: DecisionCommand,
  state: ApprovalCase,
): DecisionRefusal | undefined {
  if (state.outcome === 'none') return refuse('not-found');
  // Segregation of duties (ISO 27001 A.5.3) comes before every other rule, so that no later rule opens a way round it.
  if (actorId === state.requesterId) return refuse('approval.own-request');
  if (!mayKnow) return refuse('not-found');
  if (state.outcome !== 'open') {
    return refuse('approval.already-decided', {
      outcome: state.outcome,
      by: state.decidedBy ? { id: state.decidedBy } : null,
    });
  }
  if (contentHash !== undefined && contentHash !== state.contentHash) return refuse('approval.content-changed');
  if (!state.eligible.includes(actorId) || state.counted.includes(actorId)) {
    return refuse('approval.not-your-turn', { stage: stageRef(state, state.stage).name });
  }
  return undefined;
}

function open({ opening, automatic, electorate }: Extract<CaseCommand, { type: 'open' }>): CaseFact[] {
  const opened: CaseFact = { type: 'approval.case-opened', data: opening };
  const { requestId, contentHash } = opening;
  if (automatic) {
    return [opened, { type: 'approval.granted', data: { requestId, contentHash, automatic: true, approverIds: [] } }];
  }
  return [opened, openStage(1, evolve(noCase, opened) as OpenedCase, electorate, [])];
}

/** Running out of people never grants: the case waits until somebody may decide. */
function openStage(number: number, state: OpenedCase, electorate: Electorate, counted: readonly string[]): CaseFact {
  const { requestId, requesterId, stages } = state;
  const quorum = stages[number - 1]?.quorum ?? 1;
  const eligible = eligibleIn(number, quorum, electorate, new Set([requesterId, ...counted]));
  const stage = stageRef(state, number);
  if (!eligible.enough) return { type: 'approval.nobody-may-decide', data: { requestId, stage } };
  const { approverIds, escalatedToAdministrators } = eligible;
  return { type: 'approval.stage-opened', data: { requestId, stage, approverIds, quorum, escalatedToAdministrators } };
}

function reconsider(electorate: Electorate, state: OpenedCase): CaseFact[] {
  const { requestId, requesterId, stage: number, counted, approvedInStage } = state;
  if (state.nobodyMayDecide && approvedInStage.length === 0) {
    const again = openStage(number, state, electorate, counted);
    return again.type === 'approval.stage-opened' ? [again] : [];
  }
  const needed = quorumOf(state) - approvedInStage.length;
  const { approverIds, escalatedToAdministrators, enough } = eligibleIn(
    number,
    needed,
    electorate,
    new Set([requesterId, ...counted]),
  );
  const stage = stageRef(state, number);
  if (!enough) return state.nobodyMayDecide ? [] : [{ type: 'approval.nobody-may-decide', data: { requestId, stage } }];
  const open = state.eligible.filter((id) => !counted.includes(id));
  if (!state.nobodyMayDecide && same(open, approverIds)) return [];
  return [{ type: 'approval.approvers-changed', data: { requestId, stage, approverIds, escalatedToAdministrators } }];
}

export function evolve(state: ApprovalCase, event: CaseFact): ApprovalCase {
  if (event.type === 'approval.case-opened') {
    const { requestId, requesterId, contentHash, stages, vm } = event.data;
    return {
      outcome: 'open',
      requestId,
      requesterId,
      contentHash,
      projectId: vm.project.id,
      stages,
      stage: 1,
      eligible: [],
      nobodyMayDecide: false,
      approvedInStage: [],
      counted: [],
      decidedBy: null,
    };
  }
  if (state.outcome === 'none') return state;
  switch (event.type) {
    case 'approval.stage-opened':
      return {
        ...state,
        stage: event.data.stage.number,
        eligible: event.data.approverIds,
        nobodyMayDecide: false,
        approvedInStage: [],
      };
    case 'approval.approvers-changed':
      return { ...state, eligible: event.data.approverIds, nobodyMayDecide: false };
    case 'approval.nobody-may-decide': {
      const next = event.data.stage.number > state.stage;
      return {
        ...state,
        stage: event.data.stage.number,
        eligible: [],
        nobodyMayDecide: true,
        approvedInStage: next ? [] : state.approvedInStage,
      };
    }
    case 'approval.stage-approved': {
      const { by } = event.data;
      return {
        ...state,
        approvedInStage: [...state.approvedInStage, by],
        counted: [...state.counted, by],
        decidedBy: by,
      };
    }
    case 'approval.granted':
      return { ...state, outcome: 'granted', eligible: [] };
    case 'approval.rejected':
      return { ...state, outcome: 'rejected', eligible: [], decidedBy: event.data.by };
    case 'approval.closed':
    case 'approval.expired':
      return { ...state, outcome: 'closed', eligible: [] };
    case 'approval.own-request-refused':
      return state;
  }
}

function quorumOf(state: OpenedCase): number {
  return state.stages[state.stage - 1]?.quorum ?? 1;
}

function stageRef(state: OpenedCase, number: number): { number: number; name: string } {
  return { number, name: state.stages[number - 1]?.name ?? '' };
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((id) => right.includes(id));
}

function unreachable(command: never): never {
  throw new Error(`No rule for ${JSON.stringify(command)}`);
}
