import { reasonWords } from '@dvmm/contracts/reasons';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '../../api/problem';
import { answerTo, useChange } from '../../api/query';
import type { Answered, Asked as AskedOf } from '../../api/route';
import { decommissionVm, getVm, listQuota, listVms, powerVm } from '../../api/routes';
import { NotFound } from '../../app/not-found';
import { useMe } from '../../app/session';
import { useReadWhenShown } from '../../app/unread';
import { Button } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { Dialog } from '../../ui/dialog';
import { InputField } from '../../ui/field';
import { Moment } from '../../ui/moment';
import { Page, Section } from '../../ui/page';
import { ProblemNote } from '../../ui/problem-note';
import { Skeleton } from '../../ui/skeleton';
import { StatusBadge } from '../../ui/status-badge';
import { environmentWords } from '../../words/environment';
import { machineSize, moment, money } from '../../words/format';
import { language } from '../../words/language';
import { statusOfMachine } from '../../words/status';

type Machine = Answered<typeof getVm>;

const route = getRouteApi('/machines/$id');

export function MachinePage() {
  const { t } = useLingui();
  const { id } = route.useParams();
  const answer = useQuery(answerTo(getVm, { id }));
  if (answer.error instanceof Problem && answer.error.code === 'not-found') return <NotFound />;
  if (!answer.data) {
    return (
      <Page title={t`Machine`}>
        {answer.error ? (
          <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Page>
    );
  }
  return <Shown vm={answer.data} />;
}

/** How to reach it first: owners come to connect. */
function Shown({ vm }: { vm: Machine }) {
  const { t, i18n } = useLingui();
  const { person, roles, projects } = useMe();
  useReadWhenShown(vm.requestId);
  const mayAct =
    vm.owner.id === person.id ||
    roles.includes('tenant-admin') ||
    projects.some(({ id, lead }) => lead && id === vm.project.id);
  const status = statusOfMachine(vm);
  const { missingSince } = vm;
  const lives = vm.state === 'running' && !missingSince;
  const cost = money(vm.size.monthlyCostCents, vm.size.currency);
  return (
    <Page
      title={vm.name}
      back={{ to: '/machines', label: t`Machines` }}
      status={<StatusBadge status={status} />}
      facts={[vm.project.name, i18n._(environmentWords[vm.environment]), t`${cost} a month`].join(' · ')}
    >
      {vm.state === 'running' && missingSince ? <Missing since={missingSince} /> : null}
      {vm.heldUp ? <HeldUp {...vm.heldUp} /> : null}
      <div className="grid gap-x-10 xl:grid-cols-2">
        {lives ? <Connect vm={vm} /> : null}
        {mayAct && lives ? <Power vm={vm} /> : null}
        <Section title={t`Hardware`}>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
            <dt className="text-muted-foreground">{t`Size`}</dt>
            <dd>{`${vm.size.key}: ${machineSize(vm.size)}`}</dd>
            <dt className="text-muted-foreground">{t`Owner`}</dt>
            <dd>{vm.owner.name ?? t`Deleted person`}</dd>
            <dt className="text-muted-foreground">{t`Created`}</dt>
            <dd>
              <Moment at={vm.createdAt} />
            </dd>
            <dt className="text-muted-foreground">vCenter</dt>
            <dd>
              {vm.vcenter.name}, <code className="font-mono">{vm.moref}</code>
            </dd>
            {vm.seenAt ? (
              <>
                <dt className="text-muted-foreground">{t`As of`}</dt>
                <dd>
                  <Moment at={vm.seenAt} />
                </dd>
              </>
            ) : null}
          </dl>
          <p className="mt-2">
            <Link to="/requests/$id" params={{ id: vm.requestId }} className="text-primary hover:underline">
              {t`To its request`}
            </Link>
          </p>
        </Section>
        {mayAct && vm.state === 'running' ? <Decommission vm={vm} /> : null}
      </div>
    </Page>
  );
}

/** Not the same as a vCenter that is away: this one answers, and has the VM no more. */
function Missing({ since }: { since: string }) {
  const { t } = useLingui();
  return (
    <Trouble what={t`vCenter has not known this VM since ${moment(since)}.`}>
      {t`It was deleted or moved outside DVMM, and still takes up quota and address. When it comes back, it shows here by itself; if it is gone for good, decommission it.`}
    </Trouble>
  );
}

/** It is to be deleted and still stands. */
function HeldUp({ reason, since }: { reason: string; since: string }) {
  const { t } = useLingui();
  const { what, todo } = reasonWords(reason, language());
  return <Trouble what={t`Not deleted yet, since ${moment(since)}: ${what}`}>{todo}</Trouble>;
}

function Trouble({ what, children }: { what: string; children: string }) {
  return (
    <div className="mb-8 max-w-[68ch] rounded-panel border border-bad-mark bg-bad-tint p-4">
      <p className="font-semibold text-bad">{what}</p>
      <p>{children}</p>
    </div>
  );
}

function Connect({ vm }: { vm: Machine }) {
  const { t } = useLingui();
  return (
    <Section title={t`Connect`}>
      <dl className="space-y-1">
        {vm.addresses.map((address) => (
          <div key={address} className="flex items-center gap-2">
            <dt className="text-muted-foreground">{t`Address`}</dt>
            <dd className="font-mono">
              {address} <CopyButton text={address} what={t`address`} />
            </dd>
          </div>
        ))}
        {vm.hostName ? (
          <div className="flex items-center gap-2">
            <dt className="text-muted-foreground">{t`Host name`}</dt>
            <dd className="font-mono">
              {vm.hostName} <CopyButton text={vm.hostName} what={t`host name`} />
            </dd>
          </div>
        ) : null}
      </dl>
      <p className="mt-2 max-w-[68ch]">{vm.loginText[language()]}</p>
    </Section>
  );
}

type Action = AskedOf<typeof powerVm>['action'];

/** Soft actions before hard ones, named as in the vSphere Client. All that disturb ask first. */
function Power({ vm }: { vm: Machine }) {
  const { t } = useLingui();
  const power = useChange(powerVm, [getVm, listVms]);
  const [asked, setAsked] = useState<Exclude<Action, 'on'>>();
  const act = (action: Action) => power.mutate({ id: vm.id, action }, { onSettled: () => setAsked(undefined) });
  const name = vm.name;
  const deeds = {
    shutdown: t`Shut down ${name}`,
    restart: t`Restart ${name}`,
    off: t`Power off ${name}`,
    reset: t`Reset ${name}`,
  };
  return (
    <Section title={t`Power`}>
      <div className="flex flex-wrap gap-3">
        {vm.power === 'on' ? (
          <>
            <Button onClick={() => setAsked('shutdown')}>{t`Shut down`}</Button>
            <Button onClick={() => setAsked('restart')}>{t`Restart`}</Button>
            <Button look="quiet" onClick={() => setAsked('off')}>{t`Power off`}</Button>
            <Button look="quiet" onClick={() => setAsked('reset')}>{t`Reset`}</Button>
          </>
        ) : (
          <Button look="primary" busy={power.isPending} onClick={() => act('on')}>{t`Power on`}</Button>
        )}
      </div>
      {asked ? (
        <div className="mt-3 rounded-panel border border-warn-mark bg-warn-tint p-4">
          <p className="mb-3">
            {asked === 'shutdown'
              ? t`The guest ends its programs and shuts down; whoever works on it is cut off. It needs running VMware Tools; without them nothing happens.`
              : t`The guest is not asked first; what it has not written to disk is lost.`}
          </p>
          <div className="flex flex-wrap gap-3">
            <Button autoFocus onClick={() => setAsked(undefined)}>{t`Leave it`}</Button>
            <Button look="destructive" busy={power.isPending} onClick={() => act(asked)}>
              {deeds[asked]}
            </Button>
          </div>
        </div>
      ) : null}
      {power.error ? <ProblemNote error={power.error} /> : null}
    </Section>
  );
}

/** Final: first what goes and what stays, then the name. */
function Decommission({ vm }: { vm: Machine }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState(false);
  const [typed, setTyped] = useState('');
  const [mismatch, setMismatch] = useState(false);
  const decommission = useChange(decommissionVm, [getVm, listVms, listQuota]);
  const name = vm.name;
  const keep = () => setAsked(false);
  const go = () => {
    if (typed !== name) setMismatch(true);
    else decommission.mutate({ id: vm.id, confirmName: typed }, { onSuccess: keep });
  };
  return (
    <Section title={t`Decommission`}>
      <p className="mb-3 max-w-[68ch]">{t`Deletes the VM and its disks for good and frees its quota, name and address. The request and its timeline stay.`}</p>
      <Button onClick={() => setAsked(true)}>{t`Decommission …`}</Button>
      <Dialog open={asked} title={t`Decommission ${name}?`} onClose={keep}>
        <p className="mb-4">{t`The disks are deleted. Nobody can bring them back.`}</p>
        <InputField
          id="decommission-name"
          label={t`Type ${name} to go on`}
          value={typed}
          fault={mismatch ? t`That is not the name of this machine.` : undefined}
          onChange={(value) => {
            setTyped(value);
            setMismatch(false);
          }}
        />
        {decommission.error ? <ProblemNote error={decommission.error} /> : null}
        <div className="mt-4 flex flex-wrap justify-end gap-3">
          <Button autoFocus onClick={keep}>{t`Keep`}</Button>
          <Button look="destructive" busy={decommission.isPending} onClick={go}>
            {t`Decommission ${name}`}
          </Button>
        </div>
      </Dialog>
    </Section>
  );
}
