import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  Archive,
  BadgeCheck,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  FilePenLine,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Pause,
  Power,
  PowerOff,
  RotateCw,
  SearchX,
  ShieldAlert,
  ShieldCheck,
  TimerOff,
  Undo2,
  Workflow,
} from 'lucide-react';

/** neutral = nothing moves; info = moves by itself; warn = somebody must act; bad = broken; ok = as promised. */
export type Tone = 'neutral' | 'info' | 'warn' | 'bad' | 'ok';

export interface Status {
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly word: MessageDescriptor;
  readonly sentence: MessageDescriptor;
}

/** The one vocabulary of states. No screen says a state in other words. */
export const requestStatus = {
  submitted: {
    icon: Hourglass,
    tone: 'info',
    word: msg`Awaiting approval`,
    sentence: msg`Somebody has to decide before anything is made.`,
  },
  approved: {
    icon: BadgeCheck,
    tone: 'info',
    word: msg`Approved`,
    sentence: msg`Provisioning is about to start.`,
  },
  provisioning: {
    icon: LoaderCircle,
    tone: 'info',
    word: msg`Being provisioned`,
    sentence: msg`The VM is being made, step by step.`,
  },
  cancelling: {
    icon: Undo2,
    tone: 'info',
    word: msg`Being withdrawn`,
    sentence: msg`What was begun is being removed.`,
  },
  ready: {
    icon: CircleCheck,
    tone: 'ok',
    word: msg`Ready`,
    sentence: msg`The VM runs; name and address are confirmed.`,
  },
  'created-not-customised': {
    icon: CircleAlert,
    tone: 'warn',
    word: msg`Created, not customised`,
    sentence: msg`The VM does not report name or address as promised.`,
  },
  failed: {
    icon: CircleX,
    tone: 'bad',
    word: msg`Failed`,
    sentence: msg`The VM could not be made.`,
  },
  rejected: {
    icon: CircleSlash,
    tone: 'neutral',
    word: msg`Rejected`,
    sentence: msg`An approver said no; the reason is in the timeline.`,
  },
  cancelled: { icon: Undo2, tone: 'neutral', word: msg`Withdrawn`, sentence: msg`You ended the request.` },
  expired: { icon: TimerOff, tone: 'neutral', word: msg`Lapsed`, sentence: msg`Nobody decided by the deadline.` },
} as const satisfies Record<string, Status>;

/** A request before it is one. */
export const draftStatus = {
  icon: FilePenLine,
  tone: 'neutral',
  word: msg`Draft`,
  sentence: msg`Not submitted yet; only you can see it.`,
} as const satisfies Status;

export const powerStatus = {
  on: { icon: Power, tone: 'ok', word: msg`Powered on`, sentence: msg`The VM runs.` },
  off: { icon: PowerOff, tone: 'neutral', word: msg`Powered off`, sentence: msg`Its storage still costs.` },
  suspended: { icon: Pause, tone: 'neutral', word: msg`Suspended`, sentence: msg`Its memory is saved.` },
  unknown: {
    icon: CircleQuestionMark,
    tone: 'warn',
    word: msg`Unknown`,
    sentence: msg`vCenter cannot be reached.`,
  },
} as const satisfies Record<string, Status>;

export const machineStatus = {
  decommissioning: {
    icon: LoaderCircle,
    tone: 'info',
    word: msg`Being decommissioned`,
    sentence: msg`The VM is being deleted.`,
  },
  missing: { icon: SearchX, tone: 'bad', word: msg`Not found`, sentence: msg`vCenter no longer knows the VM.` },
  decommissioned: { icon: Archive, tone: 'neutral', word: msg`Decommissioned`, sentence: msg`The VM is deleted.` },
} as const satisfies Record<string, Status>;

export const stepStatus = {
  todo: { icon: CircleDashed, tone: 'neutral', word: msg`To do`, sentence: msg`Not begun.` },
  running: { icon: LoaderCircle, tone: 'info', word: msg`Running`, sentence: msg`Under way.` },
  done: { icon: CircleCheck, tone: 'ok', word: msg`Done`, sentence: msg`Ended as it should.` },
  waiting: { icon: CirclePause, tone: 'info', word: msg`Waiting`, sentence: msg`Goes on by itself.` },
} as const satisfies Record<string, Status>;

/** A provisioning run. */
export const runStatus = {
  working: requestStatus.provisioning,
  waiting: stepStatus.waiting,
  cancelling: requestStatus.cancelling,
  done: requestStatus.ready,
  'not-customised': requestStatus['created-not-customised'],
  failed: requestStatus.failed,
  cancelled: requestStatus.cancelled,
} as const satisfies Record<string, Status>;

const vcenterStatus = {
  reachable: { icon: CircleCheck, tone: 'ok', word: msg`Reachable`, sentence: msg`vCenter answers.` },
  away: {
    icon: CircleAlert,
    tone: 'warn',
    word: msg`Out of reach`,
    sentence: msg`vCenter does not answer; what waits for it starts by itself.`,
  },
  unknown: {
    icon: CircleQuestionMark,
    tone: 'neutral',
    word: msg`Not tried yet`,
    sentence: msg`Check the connection to learn more.`,
  },
} as const satisfies Record<string, Status>;

export function vcenterStatusOf({
  awaySince,
  lastSeenAt,
}: {
  awaySince: string | null;
  lastSeenAt: string | null;
}): Status {
  return awaySince ? vcenterStatus.away : lastSeenAt ? vcenterStatus.reachable : vcenterStatus.unknown;
}

export const checkStatus = {
  passed: { icon: CircleCheck, tone: 'ok', word: msg`Passed`, sentence: msg`As it should be.` },
  failed: { icon: CircleX, tone: 'bad', word: msg`Not passed`, sentence: msg`Somebody has to change something.` },
} as const satisfies Record<string, Status>;

export const mailStatus = {
  queued: { icon: Hourglass, tone: 'info', word: msg`Queued`, sentence: msg`It goes out by itself.` },
  retrying: { icon: RotateCw, tone: 'warn', word: msg`Retrying`, sentence: msg`The mail server did not take it yet.` },
  sent: { icon: CircleCheck, tone: 'ok', word: msg`Sent`, sentence: msg`The mail server took it.` },
  failed: { icon: CircleX, tone: 'bad', word: msg`Given up`, sentence: msg`The mail server never took it.` },
} as const satisfies Record<string, Status>;

/** What an inbox tells of. */
export const notificationStatus = {
  submitted: requestStatus.submitted,
  approved: requestStatus.approved,
  rejected: requestStatus.rejected,
  ready: requestStatus.ready,
  'created-not-customised': requestStatus['created-not-customised'],
  failed: requestStatus.failed,
  'provisioning-failed': requestStatus.failed,
  'nobody-may-decide': {
    icon: CircleAlert,
    tone: 'warn',
    word: msg`Nobody may decide`,
    sentence: msg`It waits until somebody is given a role.`,
  },
  'decommission-held-up': {
    icon: CircleAlert,
    tone: 'warn',
    word: msg`Not deleted yet`,
    sentence: msg`Somebody has to change something.`,
  },
} as const satisfies Record<string, Status>;

/** What I ordered and the server has not confirmed yet. */
export const orderStatus = {
  approve: { icon: Hourglass, tone: 'info', word: msg`Being approved`, sentence: msg`It is sent in a moment.` },
  reject: { icon: Hourglass, tone: 'info', word: msg`Being rejected`, sentence: msg`It is on its way.` },
  refused: { icon: CircleAlert, tone: 'warn', word: msg`Not decided`, sentence: msg`Your decision did not count.` },
} as const satisfies Record<string, Status>;

export const decisionStatus = {
  granted: { icon: CircleCheck, tone: 'ok', word: msg`Approved`, sentence: msg`Entitled people said yes.` },
  automatic: {
    icon: Workflow,
    tone: 'ok',
    word: msg`Approved by policy`,
    sentence: msg`The policy itself let it through.`,
  },
  rejected: requestStatus.rejected,
} as const satisfies Record<string, Status>;

/** A case as a whole, beside one vote in it. */
export const caseStatus = {
  open: { icon: Hourglass, tone: 'info', word: msg`Open`, sentence: msg`Others decide after it.` },
  granted: decisionStatus.granted,
  rejected: decisionStatus.rejected,
  closed: { icon: CircleSlash, tone: 'neutral', word: msg`Ended`, sentence: msg`It was withdrawn or lapsed.` },
} as const satisfies Record<string, Status>;

export const ownVoteStatus = {
  none: {
    icon: ShieldCheck,
    tone: 'ok',
    word: msg`Nobody decided on their own request.`,
    sentence: msg`Segregation of duties holds.`,
  },
  some: {
    icon: ShieldAlert,
    tone: 'bad',
    word: msg`Somebody decided on their own request.`,
    sentence: msg`Segregation of duties is broken.`,
  },
} as const satisfies Record<string, Status>;

export const tenantStatus = {
  open: { icon: CircleCheck, tone: 'ok', word: msg`Open`, sentence: msg`Its people work.` },
  suspended: {
    icon: CirclePause,
    tone: 'warn',
    word: msg`Suspended`,
    sentence: msg`Its people change nothing; running VMs go on.`,
  },
  removing: {
    icon: LoaderCircle,
    tone: 'info',
    word: msg`Being removed`,
    sentence: msg`Nobody of it gets in any more; its rows are being deleted.`,
  },
  removed: { icon: Archive, tone: 'neutral', word: msg`Removed`, sentence: msg`Nothing is left but the certificate.` },
} as const satisfies Record<string, Status>;

/** What is on its way out, or missing, is more than whether it is switched on. */
export function statusOfMachine({
  state,
  power,
  missingSince,
}: {
  state: 'running' | Exclude<keyof typeof machineStatus, 'missing'>;
  power: keyof typeof powerStatus;
  missingSince: string | null;
}): Status {
  if (state !== 'running') return machineStatus[state];
  return missingSince ? machineStatus.missing : powerStatus[power];
}
