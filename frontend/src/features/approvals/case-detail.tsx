import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useChange } from '../../api/query';
import { listApprovals, listOwnDecisions, reject } from '../../api/routes';
import { useMe } from '../../app/session';
import { useReadWhenShown } from '../../app/unread';
import { Button } from '../../ui/button';
import { KeyFingerprint } from '../../ui/key-fingerprint';
import { ProblemNote } from '../../ui/problem-note';
import { environmentWords } from '../../words/environment';
import { count, list, machineSize, money } from '../../words/format';
import type { Case } from './case';
import { ProjectHistory, QuotaEffect } from './case-effect';
import { ClosedCase } from './closed-case';
import { PressedBy } from './pressed-by';
import { ReasonForm } from './reason-form';

/** In the order of doubt: who wants what, why, what it costs, what it takes, what was before, which rule; then the buttons. */
export function CaseDetail({
  item,
  closed,
  phone,
  keys,
  takesFocus,
  rejecting,
  onApprove,
  onReject,
  onRejected,
}: {
  item: Case;
  /** Decided by somebody else, or withdrawn, while it was looked at. */
  closed: boolean;
  phone: boolean;
  /** `a` and `r` mean this case, not what is chosen. */
  keys: boolean;
  /** It was opened by a press of mine, so reading begins here. */
  takesFocus: boolean;
  rejecting: boolean;
  onApprove: () => void;
  onReject: (open: boolean) => void;
  onRejected: (sentence: string) => void;
}) {
  const { t, i18n } = useLingui();
  const { person } = useMe();
  const { vm, stage, policy } = item;
  const who = item.requester.name ?? t`A deleted person`;
  const cost = money(vm.size.monthlyCostCents, vm.size.currency);
  useReadWhenShown(item.id);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  const own = item.requester.id === person.id;
  const approved = stage.approvedBy.map(({ name }) => name ?? t`Deleted person`);
  const [names, needed] = [list(approved, 'and'), count(stage.quorum)];
  return (
    <article aria-labelledby="case" className="min-w-0">
      <h2 id="case" ref={heading} tabIndex={-1} className="text-h2 break-words">
        {vm.name}
      </h2>
      <p className="mb-4 text-muted-foreground">{t`Stage ${stage.number} of ${stage.of}: ${stage.name}`}</p>
      {closed ? <ClosedCase id={item.id} /> : null}
      <p>
        {t`${who} asks for size ${vm.size.key}, ${vm.template.name}, in project ${vm.project.name}.`}{' '}
        {`${machineSize(vm.size)}, ${vm.network.name}, ${i18n._(environmentWords[vm.environment])}.`}
      </p>
      <blockquote
        dir="auto"
        className="my-4 max-w-[68ch] border-l-[3px] border-border pl-4 break-words whitespace-pre-wrap"
      >
        {item.justification ?? t`No justification was given.`}
      </blockquote>
      <dl className="mb-6 grid gap-x-6 gap-y-2 sm:grid-cols-[auto_minmax(0,1fr)]">
        <Fact name={t`Cost`}>{t`${cost} a month`}</Fact>
        <Fact name={t`Lease`}>
          {vm.leaseDays === null ? t`no end` : t`${plural(vm.leaseDays, { one: '# day', other: '# days' })}`}
        </Fact>
        <Fact name={t`SSH key`}>{vm.sshPublicKey ? <KeyFingerprint of={vm.sshPublicKey} /> : t`none`}</Fact>
        <Fact name={t`Quota`}>
          <QuotaEffect vm={vm} />
        </Fact>
        <Fact name={t`Project so far`}>
          <ProjectHistory id={item.id} />
        </Fact>
        <Fact name={t`Policy`}>{t`“${policy.name}”, version ${policy.version}`}</Fact>
        {approved.length > 0 ? <Fact name={t`In this stage`}>{t`approved by ${names}; ${needed} needed`}</Fact> : null}
      </dl>
      {item.mayDecide ? (
        <Decide
          item={item}
          closed={closed}
          phone={phone}
          keys={keys}
          rejecting={rejecting}
          onApprove={onApprove}
          onReject={onReject}
          onRejected={onRejected}
        />
      ) : closed ? null : (
        <p className="rounded-panel border border-border bg-muted p-4">
          {own ? t`Somebody else decides on your own request.` : t`This is not yours to decide.`}
        </p>
      )}
    </article>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="sm:col-span-2 sm:grid sm:grid-cols-subgrid">
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Decide({
  item,
  closed,
  phone,
  keys,
  rejecting,
  onApprove,
  onReject,
  onRejected,
}: {
  item: Case;
  closed: boolean;
  phone: boolean;
  /** `a` and `r` mean this case, not what is chosen. */
  keys: boolean;
  rejecting: boolean;
  onApprove: () => void;
  onReject: (open: boolean) => void;
  onRejected: (sentence: string) => void;
}) {
  const { t } = useLingui();
  const refusing = useChange(reject, [listApprovals, listOwnDecisions]);
  const { id, contentHash, vm } = item;
  const [reason, setReason] = useState('');
  const rejectButton = useRef<HTMLButtonElement>(null);
  const send = (reason: string) =>
    refusing.mutate(
      { id, contentHash, reason },
      {
        onSuccess: () => onRejected(t`${vm.name} is rejected.`),
      },
    );
  const approving = (
    <Button
      key="approve"
      look={keys ? 'primary' : 'outline'}
      {...(keys ? { 'aria-keyshortcuts': 'a' } : {})}
      onClick={onApprove}
    >
      {t`Approve`} {keys ? <PressedBy>A</PressedBy> : null}
    </Button>
  );
  const asking = (
    <Button
      key="reject"
      ref={rejectButton}
      {...(keys ? { 'aria-keyshortcuts': 'r' } : {})}
      onClick={() => onReject(true)}
    >
      {t`Reject`} {keys ? <PressedBy>R</PressedBy> : null}
    </Button>
  );
  if (rejecting) {
    return (
      <>
        {refusing.error ? <ProblemNote error={refusing.error} /> : null}
        <ReasonForm
          deed={closed ? null : t`Reject`}
          reason={reason}
          busy={refusing.isPending}
          onWrite={setReason}
          onSend={send}
          onBack={() => {
            onReject(false);
            requestAnimationFrame(() => rejectButton.current?.focus()); // It is drawn again by then.
          }}
        />
      </>
    );
  }
  if (closed) return null;
  return (
    <div className="flex flex-wrap gap-4 max-sm:sticky max-sm:bottom-14 max-sm:justify-between max-sm:border-t max-sm:border-border max-sm:bg-background max-sm:py-3">
      {phone ? [asking, approving] : [approving, asking]}
    </div>
  );
}
