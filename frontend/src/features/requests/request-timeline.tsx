import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Answered } from '../../api/route';
import type { getRequest } from '../../api/routes';
import { Moment } from '../../ui/moment';
import { StatusIcon } from '../../ui/status-badge';
import { duration } from '../../words/format';
import { requestStatus, type Status, stepStatus } from '../../words/status';
import { stepWords } from '../../words/steps';
import { type Line, linesOf } from './timeline-lines';

const lineWords: Record<string, MessageDescriptor> = {
  'request.submitted': msg`Submitted`,
  'approval.stage-opened': msg`Waiting for approval`,
  'approval.stage-approved': msg`Approved`,
  'approval.nobody-may-decide': msg`Nobody may decide; the tenant administration has to name an approver`,
  'approval.approvers-changed': msg`The approvers changed`,
  'request.approved': msg`Approved`,
  'request.rejected': msg`Rejected`,
  'request.cancel-requested': msg`Withdrawal begun`,
  'request.cancelled': msg`Withdrawn`,
  'request.expired': msg`Lapsed`,
  'request.provisioning-started': msg`Provisioning started`,
  'request.ready': msg`Ready`,
  'request.created-not-customised': msg`Created, not customised`,
  'request.failed': msg`Failed`,
  'provisioning.run-waiting': msg`Waiting`,
  'provisioning.run-resumed': msg`Goes on`,
  'provisioning.vm-decommissioned': msg`Decommissioned`,
};

/** From the first to the last thing that happened; steps with how long they took, the running one open. */
export function RequestTimeline({ request }: { request: Answered<typeof getRequest> }) {
  const lines = linesOf(request.timeline);
  return (
    <ol className="space-y-3">
      {lines.map((line) => (
        <Entry key={line.key} line={line} />
      ))}
    </ol>
  );
}

function Entry({ line }: { line: Line }) {
  const { t, i18n } = useLingui();
  const words = line.step ? stepWords[line.step] : lineWords[line.what];
  const running = line.step !== undefined && line.durationMs === undefined;
  return (
    <li aria-current={running ? 'step' : undefined} className={line.step ? 'ml-8 flex gap-3' : 'flex gap-3'}>
      <StatusIcon status={iconOf(line)} size={line.step ? 16 : 20} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap gap-x-3">
          <span className={line.step ? '' : 'font-semibold'}>{words ? i18n._(words) : line.what}</span>
          {line.who ? <span>{line.who}</span> : null}
          <span className="text-muted-foreground">
            {line.durationMs !== undefined ? duration(line.durationMs) : null}
            {running ? t`running` : null}
          </span>
          <span className="ml-auto text-muted-foreground">
            <Moment at={line.at} />
          </span>
        </p>
        {line.why ? <p className="mt-1 break-words whitespace-pre-wrap">“{line.why}”</p> : null}
      </div>
    </li>
  );
}

function iconOf({ what, step, durationMs }: Line): Status {
  if (step) return durationMs === undefined ? stepStatus.running : stepStatus.done;
  if (what.startsWith('request.')) {
    const state = what.slice('request.'.length) as keyof typeof requestStatus;
    if (state === 'submitted' || state === 'approved') return stepStatus.done;
    return requestStatus[state] ?? stepStatus.done;
  }
  return what.endsWith('waiting') || what.endsWith('opened') ? stepStatus.waiting : stepStatus.done;
}
