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
import { TechnicalText } from './technical-text';

const checkWords: Record<string, { what: MessageDescriptor; wrong: MessageDescriptor; advice: MessageDescriptor }> = {
  host: {
    what: msg`vCenter answers`,
    wrong: msg`DVMM cannot reach vCenter at this address.`,
    advice: msg`Check host name, port and the firewall between.`,
  },
  certificate: {
    what: msg`Certificate is trusted`,
    wrong: msg`The certificate that vCenter shows is not trusted.`,
    advice: msg`Enter the certificate of vCenter or of the authority that signed it.`,
  },
  login: {
    what: msg`Sign-in works`,
    wrong: msg`vCenter does not let this user sign in.`,
    advice: msg`Check user and password. Too many tries may lock the account.`,
  },
  datacenter: {
    what: msg`Datacenter is there`,
    wrong: msg`vCenter does not have this datacenter, or does not show it to this user.`,
    advice: msg`Check the name of the datacenter.`,
  },
  folder: {
    what: msg`VM folder is there, or can be made`,
    wrong: msg`The VM folder is not there and cannot be made.`,
    advice: msg`Check the path of the VM folder.`,
  },
  resourcePool: {
    what: msg`Resource pool is there`,
    wrong: msg`vCenter does not have this resource pool, or does not show it to this user.`,
    advice: msg`Check the path of the resource pool.`,
  },
  datastore: {
    what: msg`Datastore can be used`,
    wrong: msg`The datastore is not there, or cannot be used now.`,
    advice: msg`Check the name of the datastore and whether it is mounted.`,
  },
  rights: {
    what: msg`The user has all rights`,
    wrong: msg`The user lacks privileges that DVMM needs.`,
    advice: msg`Give the user the privileges named here.`,
  },
  template: {
    what: msg`Templates are there`,
    wrong: msg`vCenter does not have a template that you offer.`,
    advice: msg`Check the templates that you offer.`,
  },
};

/** Each check by itself: whether it passed; where not, what is wrong, what to do, and small below what vCenter said. */
export function ConnectionChecks({ result }: { result: Answered<typeof testVCenter> }) {
  const { t, i18n } = useLingui();
  const failed = result.checks.filter(({ ok }) => !ok).length;
  const summary = result.ok
    ? t`All checks passed.`
    : t`${count(failed)} of ${plural(result.checks.length, { one: '# check did not pass.', other: '# checks did not pass.' })}`;
  // What an earlier look had found is no answer to whether vCenter can be looked into now.
  const looked = !result.checks.some(({ check, ok }) => !ok && ['host', 'certificate', 'login'].includes(check));
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
                <p>{words ? i18n._(ok ? words.what : words.wrong) : check}</p>
                {!ok && words ? <p>{i18n._(words.advice)}</p> : null}
                {ok ? null : <TechnicalText text={detail} />}
              </div>
            </li>
          );
        })}
      </ul>
      {looked ? (
        <p className="border-t border-border px-4 py-3 text-muted-foreground">
          {t`Templates found: ${count(result.templates.length)}. Networks found: ${count(result.networks.length)}.`}
        </p>
      ) : null}
    </div>
  );
}
