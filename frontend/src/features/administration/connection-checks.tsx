import type { MessageDescriptor } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import type { Answered } from '../../api/route';
import type { testVCenter } from '../../api/routes';
import { announce } from '../../ui/announcer';
import { StatusBadge } from '../../ui/status-badge';
import { count } from '../../words/format';
import { checkStatus } from '../../words/status';

const checkWords: Record<string, { what: MessageDescriptor; advice: MessageDescriptor }> = {
  host: { what: msg`vCenter answers`, advice: msg`Check host name, port and the firewall between.` },
  certificate: {
    what: msg`Certificate is trusted`,
    advice: msg`Enter the certificate of vCenter or of the authority that signed it.`,
  },
  login: { what: msg`Sign-in works`, advice: msg`Check user and password. Too many tries may lock the account.` },
  datacenter: { what: msg`Datacenter is there`, advice: msg`Check the name of the datacenter.` },
  folder: { what: msg`VM folder is there, or can be made`, advice: msg`Check the path of the VM folder.` },
  resourcePool: { what: msg`Resource pool is there`, advice: msg`Check the path of the resource pool.` },
  datastore: {
    what: msg`Datastore can be used`,
    advice: msg`Check the name of the datastore and whether it is mounted.`,
  },
  rights: { what: msg`The user has all rights`, advice: msg`Give the user the privileges named here.` },
  template: { what: msg`Templates are there`, advice: msg`Check the templates that you offer.` },
};

/** Each check by itself: what was looked at, whether it passed, what vCenter said, and what to do where it did not. */
export function ConnectionChecks({ result }: { result: Answered<typeof testVCenter> }) {
  const { t, i18n } = useLingui();
  const failed = result.checks.filter(({ ok }) => !ok).length;
  const summary = result.ok
    ? t`All checks passed.`
    : t`${count(failed)} of ${plural(result.checks.length, { one: '# check did not pass.', other: '# checks did not pass.' })}`;
  useEffect(() => announce(summary), [summary]);
  return (
    <div className="max-w-4xl rounded-panel border border-border bg-card">
      <p className="border-b border-border px-4 py-3 font-semibold">{summary}</p>
      <ul className="divide-y divide-border">
        {result.checks.map(({ check, ok, detail }) => {
          const words = checkWords[check];
          return (
            <li key={check} className="grid gap-x-4 px-4 py-2 sm:grid-cols-[8rem_minmax(0,1fr)]">
              <StatusBadge status={ok ? checkStatus.passed : checkStatus.failed} plain />
              <div className="min-w-0">
                <p>{words ? i18n._(words.what) : check}</p>
                {!ok && words ? <p>{i18n._(words.advice)}</p> : null}
                <p lang="en" className="text-small break-words text-muted-foreground">
                  {detail}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
      <p className="border-t border-border px-4 py-3 text-muted-foreground">
        {t`Templates found: ${count(result.templates.length)}. Networks found: ${count(result.networks.length)}.`}
      </p>
    </div>
  );
}
