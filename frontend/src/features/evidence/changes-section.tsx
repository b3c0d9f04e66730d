import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answerTo } from '../../api/query';
import { listAudit } from '../../api/routes';
import { Asked } from '../../ui/asked';
import { Empty } from '../../ui/empty';
import { Moment } from '../../ui/moment';
import { Section } from '../../ui/page';
import { useNames } from './use-names';

/** What was done last, for the auditor's home; each line opens its entry of the trail. */
export function ChangesSection() {
  const { t } = useLingui();
  const names = useNames();
  const answer = useQuery(answerTo(listAudit, { changesOnly: 'true', limit: 8 }));
  return (
    <Section
      title={t`Latest changes`}
      action={<Link to="/evidence/audit" className="text-primary hover:underline">{t`Open the audit trail`}</Link>}
    >
      <Asked answer={answer} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t`Nothing has happened yet. Every change appears here by itself.`}</Empty>
          ) : (
            <ul className="divide-y divide-border rounded-panel border border-border bg-card">
              {items.map((entry) => {
                const { kind, name } = names.object(entry.stream, entry.data);
                return (
                  <li key={entry.number}>
                    <Link
                      to="/evidence/audit"
                      search={{ entry: entry.number }}
                      className="flex flex-wrap items-center gap-x-3 px-4 py-2 hover:bg-accent"
                    >
                      <strong>{names.what(entry.type)}</strong>
                      <span className="min-w-0 break-words">
                        <span className="text-muted-foreground">{kind}</span> {name}
                      </span>
                      <span className="text-muted-foreground">{names.actor(entry.actor)}</span>
                      <span className="ml-auto text-muted-foreground">
                        <Moment at={entry.time} />
                      </span>
                    </Link>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Asked>
    </Section>
  );
}
