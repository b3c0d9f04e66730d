import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { environmentWords } from '../../words/environment';
import { count, list, money } from '../../words/format';
import { keyOf, type Policy, useApproverWords } from './approver-words';

type Rules = Omit<Policy, 'id' | 'version' | 'projectId'>;

/** A policy as auditors read it: the same words for the draft in the form and for each version. */
export function PolicySentence({ rules, currency }: { rules: Rules; currency: string }) {
  const { t, i18n } = useLingui();
  const wordOf = useApproverWords();
  const { automaticWhen: when, stages } = rules;
  const conditions = when
    ? [
        when.sizes && t`its size is ${list(when.sizes, 'or')}`,
        when.maxMonthlyCostCents !== undefined &&
          t`it costs at most ${money(when.maxMonthlyCostCents, currency)} a month`,
        when.environments &&
          t`its environment is ${list(
            when.environments.map((one) => i18n._(environmentWords[one])),
            'or',
          )}`,
      ].filter((one) => typeof one === 'string')
    : [];
  const condition = list(conditions, 'and');
  return (
    <div className="max-w-[68ch] space-y-1 break-words">
      <p>
        {conditions.length > 0
          ? t`The policy approves a request by itself when ${condition}.`
          : t`The policy approves no request by itself.`}
      </p>
      <ol className="list-inside list-decimal">
        {stages.map((stage, index) => {
          const who =
            list(
              stage.approvers.map((one) => wordOf(keyOf(one))),
              'or',
            ) || '…';
          const name = stage.name || '…';
          const quorum = count(stage.quorum);
          return (
            <li key={`${index}-${name}`}>
              {stage.quorum === 1
                ? t`In stage “${name}”, one person decides from: ${who}.`
                : t`In stage “${name}”, ${quorum} people must approve, from: ${who}.`}
            </li>
          );
        })}
      </ol>
      <p>{t`A request that nobody has decided after ${plural(rules.expiresAfterDays, { one: '# day', other: '# days' })} lapses. Nobody decides on their own request.`}</p>
    </div>
  );
}
