import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useChange } from '../../api/query';
import type { Entry } from '../../api/route';
import { approve, listApprovals, reject } from '../../api/routes';
import { useMe } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { classNames } from '../../ui/class-names';
import { ProblemNote } from '../../ui/problem-note';
import { gigabytes, money } from '../../words/format';

type Case = Entry<typeof listApprovals>;

/** In the order of doubt: who wants what, why, what it costs, which rule; then the buttons, always at the same place. */
export function CaseDetail({
  item,
  hiddenOnPhone,
  onDecided,
}: {
  item: Case;
  hiddenOnPhone: boolean;
  onDecided: () => void;
}) {
  const { t } = useLingui();
  const { person } = useMe();
  const { vm, stage, policy } = item;
  const who = item.requester.name ?? t`A deleted person`;
  const cost = money(vm.size.monthlyCostCents, vm.size.currency);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const own = item.requester.id === person.id;
  return (
    <article className={classNames('min-w-0', hiddenOnPhone && 'max-lg:hidden')}>
      <Link
        from="/approvals"
        to="/approvals"
        search={{}}
        className="text-primary lg:hidden"
      >{t`Back to the queue`}</Link>
      <h2 ref={heading} tabIndex={-1} className="text-h2 break-words">
        {vm.name}
      </h2>
      <p className="mb-4 text-muted-foreground">{t`Stage ${stage.number} of ${stage.of}: ${stage.name}`}</p>
      <p>
        {t`${who} asks for size ${vm.size.key}, ${vm.template.name}, in project ${vm.project.name}.`}{' '}
        {`${vm.size.vcpus} vCPU, ${gigabytes(vm.size.memoryMiB)}, ${vm.size.diskGiB}\u00a0GB, ${vm.network.name}.`}
      </p>
      <blockquote className="my-4 max-w-[68ch] border-l-[3px] border-border pl-4 break-words whitespace-pre-wrap">
        {item.justification ?? t`No justification was given.`}
      </blockquote>
      <p>{t`${cost} a month`}</p>
      <p className="mb-6 text-muted-foreground">{t`Policy “${policy.name}”, version ${policy.version}.`}</p>
      {item.mayDecide ? (
        <Decide item={item} onDecided={onDecided} />
      ) : (
        <p className="rounded-panel border border-border bg-muted p-4">
          {own ? t`Somebody else decides on your own request.` : t`This is not yours to decide.`}
        </p>
      )}
    </article>
  );
}

function Decide({ item, onDecided }: { item: Case; onDecided: () => void }) {
  const { t } = useLingui();
  const name = item.vm.name;
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const approving = useChange(approve, [listApprovals]);
  const refusing = useChange(reject, [listApprovals]);
  const done = (sentence: string) => {
    announce(sentence);
    onDecided();
  };
  const { id, contentHash } = item;
  const sendApproval = () => approving.mutate({ id, contentHash }, { onSuccess: () => done(t`${name} is approved.`) });
  const sendRejection = () => {
    if (reason.trim().length < 3) setMissing(true);
    else refusing.mutate({ id, contentHash, reason }, { onSuccess: () => done(t`${name} is rejected.`) });
  };
  const error = approving.error ?? refusing.error;
  return (
    <div>
      {error ? <ProblemNote error={error} /> : null}
      {rejecting ? (
        <div className="my-4">
          <label htmlFor="reason" className="font-semibold">{t`Why not?`}</label>
          <p id="reason-help" className="text-small text-muted-foreground">{t`The requester reads this.`}</p>
          <textarea
            id="reason"
            ref={(field) => field?.focus()}
            rows={4}
            maxLength={2000}
            value={reason}
            aria-invalid={missing}
            aria-describedby={missing ? 'reason-help reason-missing' : 'reason-help'}
            onChange={(event) => {
              setReason(event.target.value);
              setMissing(false);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) sendRejection();
            }}
            className="mt-1 w-full max-w-[68ch] rounded-control border border-input bg-card p-3"
          />
          {missing ? (
            <p id="reason-missing" className="text-bad">{t`Give a reason of at least three characters.`}</p>
          ) : null}
        </div>
      ) : null}
      <div className="flex flex-wrap gap-4 max-sm:sticky max-sm:bottom-16 max-sm:border-t max-sm:border-border max-sm:bg-background max-sm:py-3">
        {rejecting ? (
          <>
            <Button onClick={() => setRejecting(false)}>{t`Back`}</Button>
            <Button look="primary" busy={refusing.isPending} onClick={sendRejection}>{t`Reject`}</Button>
          </>
        ) : (
          <>
            <Button look="primary" busy={approving.isPending} onClick={sendApproval}>{t`Approve`}</Button>
            <Button onClick={() => setRejecting(true)}>{t`Reject`}</Button>
          </>
        )}
      </div>
    </div>
  );
}
