import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../api/call';
import { pagesOf } from '../../api/query';
import type { Entry } from '../../api/route';
import { listOwnDecisions } from '../../api/routes';
import { ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Cell, List, Row } from '../../ui/list';
import { ListCsv } from '../../ui/list-csv';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { Pages } from '../../ui/pages';
import { StatusBadge } from '../../ui/status-badge';
import { money } from '../../words/format';
import { caseStatus, decisionStatus } from '../../words/status';

type Decision = Entry<typeof listOwnDecisions>;

const verdicts = { approved: decisionStatus.granted, rejected: decisionStatus.rejected } as const;

/** What I said, and what became of it. */
export function DecidedPage() {
  const { t, i18n } = useLingui();
  const answer = useInfiniteQuery(pagesOf(listOwnDecisions, {}));
  const items = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const line = ({ vm, requester, verdict, outcome, decidedAt }: Decision) => [
    vm.name,
    i18n._(verdicts[verdict].word),
    i18n._(caseStatus[outcome].word),
    requester.name ?? t`Deleted person`,
    vm.project.name,
    vm.size.monthlyCostCents / 100,
    vm.size.currency,
    decidedAt,
  ];
  const head = [t`Name`, t`My decision`, t`Request`, t`Requested by`, t`Project`, t`a month`, t`Currency`, t`Decided`];
  return (
    <Page
      title={t`What I decided`}
      back={{ to: '/approvals', label: t`Approvals` }}
      tools={
        items.length > 0 ? (
          <ListCsv
            name={t`my-decisions`}
            head={head}
            row={line}
            ask={(cursor) => call(listOwnDecisions, { limit: 200, cursor })}
          />
        ) : null
      }
    >
      <Pages
        answer={answer}
        empty={
          <Empty action={<ButtonLink to="/approvals" look="primary">{t`To the queue`}</ButtonLink>}>
            {t`You have not decided anything yet.`}
          </Empty>
        }
      >
        {(items) => (
          <List
            caption={t`What I decided, newest first`}
            columns={[
              { name: t`Name` },
              { name: t`My decision` },
              { name: t`Request` },
              { name: t`Requested by` },
              { name: t`Project` },
              { name: t`a month`, right: true },
              { name: t`Decided`, right: true },
            ]}
          >
            {items.map((item) => (
              <Row
                key={item.id}
                name={
                  <Link
                    to="/requests/$id"
                    params={{ id: item.id }}
                    className="inline-flex min-h-6 items-center break-words text-primary hover:underline"
                  >
                    {item.vm.name}
                  </Link>
                }
              >
                <Cell>
                  <StatusBadge status={verdicts[item.verdict]} plain />
                </Cell>
                <Cell label={t`Request`}>{i18n._(caseStatus[item.outcome].word)}</Cell>
                <Cell>{item.requester.name ?? t`Deleted person`}</Cell>
                <Cell>{item.vm.project.name}</Cell>
                <Cell right>{money(item.vm.size.monthlyCostCents, item.vm.size.currency)}</Cell>
                <Cell right>
                  <Moment at={item.decidedAt} />
                </Cell>
              </Row>
            ))}
          </List>
        )}
      </Pages>
    </Page>
  );
}
