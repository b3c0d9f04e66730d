import { reasonWords } from '@dvmm/contracts/reasons';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Answered } from '../../api/route';
import type { getRequest } from '../../api/routes';
import { Moment } from '../../ui/moment';
import { StatusIcon } from '../../ui/status-badge';
import { useMedia } from '../../ui/use-media';
import { count, duration } from '../../words/format';
import { language } from '../../words/language';
import { decisionStatus, requestStatus, type Status, stepStatus } from '../../words/status';
import { stepWords } from '../../words/steps';
import { type Line, linesOf } from './timeline-lines';

const lineWords: Record<string, MessageDescriptor> = {
  automatic: msg`Approved by policy`,
  'request.submitted': msg`Submitted`,
  'approval.stage-opened': msg`Waiting for approval`,
  'approval.stage-approved': msg`Approved`,
  'approval.nobody-may-decide': msg`Nobody may decide; the tenant administration has to name an approver`,
  'approval.approvers-changed': msg`The approvers changed`,
  'request.rejected': msg`Rejected`,
  'request.cancel-requested': msg`Withdrawal begun`,
  'request.cancelled': msg`Withdrawn`,
  'request.expired': msg`Lapsed`,
  'request.provisioning-started': msg`Provisioning started`,
  'request.ready': msg`Ready`,
  'request.created-not-customised': msg`Created, not customised`,
  'request.failed': msg`Failed`,
  'provisioning.run-waiting': msg`Waiting`,
  'provisioning.vm-decommissioned': msg`Decommissioned`,
};

/** A path from the first to the last thing that happened; on a phone the newest first, as that is what one looks for. */
export function RequestTimeline({ request }: { request: Answered<typeof getRequest> }) {
  const phone = useMedia('(max-width: 639px)');
  const lines = linesOf(request.timeline);
  return (
    <ol reversed={phone} className="space-y-3">
      {(phone ? lines.toReversed() : lines).map((line) => (
        <Entry key={line.key} line={line} />
      ))}
    </ol>
  );
}

function Entry({ line }: { line: Line }) {
  const { t, i18n } = useLingui();
  const { what, who, why, step, stage, policy, reason, afterMs, durationMs, percent, stopped, times } = line;
  const words = step ? stepWords[step] : lineWords[what];
  const running = step !== undefined && durationMs === undefined && !stopped;
  const took = afterMs === undefined ? undefined : duration(afterMs);
  return (
    <li aria-current={running ? 'step' : undefined} className={step ? 'ml-8 flex gap-3' : 'flex gap-3'}>
      <StatusIcon status={iconOf(line)} size={step ? 16 : 20} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap gap-x-3">
          <span className={step ? '' : 'font-semibold'}>{words ? i18n._(words) : what}</span>
          {who ? <span>{who}</span> : null}
          {stage ? <span className="text-muted-foreground">{stage}</span> : null}
          {policy ? <span>{t`policy “${policy.name}”, version ${policy.version}`}</span> : null}
          <span className="text-muted-foreground">
            {durationMs !== undefined ? duration(durationMs) : null}
            {took ? t`after ${took}` : null}
            {running ? t`running` : null}
            {stopped ? t`not ended` : null}
            {times ? t`${count(times)} times` : null}
            {percent !== undefined && running ? ` · ${percent}\u00a0%` : null}
          </span>
          <span className="ml-auto text-muted-foreground">
            <Moment at={line.at} />
          </span>
        </p>
        {reason ? <p className="mt-1">{reasonWords(reason, language()).what}</p> : null}
        {why ? (
          <p dir="auto" className="mt-1 break-words whitespace-pre-wrap">
            {t`“${why}”`}
          </p>
        ) : null}
      </div>
    </li>
  );
}

function iconOf({ what, step, durationMs, stopped }: Line): Status {
  if (stopped) return requestStatus.failed;
  if (step) return durationMs === undefined ? stepStatus.running : stepStatus.done;
  if (what === 'automatic') return decisionStatus.automatic;
  if (what.startsWith('request.')) {
    const state = what.slice('request.'.length) as keyof typeof requestStatus;
    if (state === 'submitted') return stepStatus.done;
    return requestStatus[state] ?? stepStatus.done;
  }
  return what.endsWith('waiting') || what.endsWith('opened') ? stepStatus.waiting : stepStatus.done;
}
