import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useChange } from '../../api/query';
import { me, setPreferences } from '../../api/routes';
import { type Role, useMe } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Button } from '../../ui/button';
import { Refused } from '../../ui/refused';
import { roleWords } from '../../words/roles';

interface Hint {
  readonly to: LinkProps['to'];
  readonly do: MessageDescriptor;
  readonly what: MessageDescriptor;
}

/** Three hints a role: what it does first, and where. */
const hints: Readonly<Record<Role, readonly [Hint, Hint, Hint]>> = {
  user: [
    {
      to: '/requests/new',
      do: msg`Request a VM`,
      what: msg`Choose a size and a name. Price, quota and who decides stand beside it before you submit.`,
    },
    {
      to: '/requests',
      do: msg`Follow your request`,
      what: msg`Its timeline moves by itself. We write to you as soon as the VM is ready.`,
    },
    {
      to: '/machines',
      do: msg`Use your machine`,
      what: msg`Address, first sign-in and power stand with each machine. Ctrl K finds it by its name.`,
    },
  ],
  approver: [
    {
      to: '/approvals',
      do: msg`Decide`,
      what: msg`The queue shows all of a request on one page: who, what, price and effect on the quota.`,
    },
    {
      to: '/approvals/decided',
      do: msg`Look up your decisions`,
      what: msg`Everything you have decided stays here, with the outcome and your reason.`,
    },
    {
      to: '/settings',
      do: msg`Set how long you can undo`,
      what: msg`An approval waits some seconds before it is sent. You set how many.`,
    },
  ],
  'tenant-admin': [
    {
      to: '/administration/vcenter',
      do: msg`Connect vCenter`,
      what: msg`Then offer templates and networks. Without them nobody can request a VM.`,
    },
    {
      to: '/administration/projects',
      do: msg`Create projects and invite people`,
      what: msg`Requests belong to projects. Each has its members and its quota.`,
    },
    {
      to: '/administration/policies',
      do: msg`Say who decides`,
      what: msg`A policy names the conditions, the stages and who approves. What is small enough it approves itself.`,
    },
  ],
  auditor: [
    {
      to: '/evidence/audit',
      do: msg`Read the audit trail`,
      what: msg`Every change stands there with person, time, before and now. Filters are in the address: a link is evidence.`,
    },
    {
      to: '/evidence/decisions',
      do: msg`Check decisions`,
      what: msg`Who decided, how long it took, and whether anybody decided on their own request.`,
    },
    {
      to: '/evidence/reports',
      do: msg`Take reports with you`,
      what: msg`Cost and utilisation as charts and tables, as CSV or printed.`,
    },
  ],
  'platform-admin': [
    {
      to: '/platform/tenants',
      do: msg`Create a tenant`,
      what: msg`A name, a short name and the mail address of its first administrator are enough.`,
    },
    {
      to: '/platform/tenants',
      do: msg`Suspend a tenant`,
      what: msg`Its people still read everything and change nothing. Its VMs go on.`,
    },
    {
      to: '/settings',
      do: msg`Make the portal yours`,
      what: msg`Language, time zone, appearance and keys stand in the settings, under your name.`,
    },
  ],
};

/** Inside the page and never over it, until it is put away; the server remembers, so no other browser shows it again. */
export function FirstSteps() {
  const { t, i18n } = useLingui();
  const { roles, leftGuides } = useMe();
  const leave = useChange(setPreferences, [me]);
  const shown = roles.filter((role) => !leftGuides.includes(role));
  if (shown.length === 0) return null;
  const putAway = () =>
    leave.mutate(
      { leftGuides: [...new Set([...leftGuides, ...roles])] },
      {
        onSuccess: () => {
          announce(t`First steps are hidden. You find them again under your name.`);
          document.querySelector<HTMLElement>('#content h1')?.focus(); // The button that had the focus goes.
        },
      },
    );
  return (
    <section aria-labelledby="first-steps" className="mb-8 rounded-panel border border-border bg-card p-4">
      <div className="flex flex-wrap items-center gap-x-4">
        <h2 id="first-steps" className="text-h3">
          {t`First steps`}
        </h2>
        <Button look="quiet" className="-mr-2 ml-auto" busy={leave.isPending} onClick={putAway}>
          {t`Hide`}
        </Button>
      </div>
      {leave.error ? <Refused error={leave.error} onRetry={putAway} /> : null}
      {shown.map((role) => (
        <div key={role} className="mt-2">
          {shown.length > 1 ? <h3 className="text-small text-muted-foreground">{i18n._(roleWords[role])}</h3> : null}
          <ol className="mt-1 grid gap-x-6 gap-y-3 md:grid-cols-3">
            {hints[role].map(({ to, do: deed, what }) => (
              <li key={deed.id}>
                <Link to={to} className="font-semibold text-primary hover:underline">
                  {i18n._(deed)}
                </Link>
                <p className="max-w-[68ch] text-muted-foreground">{i18n._(what)}</p>
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
