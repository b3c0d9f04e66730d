import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { call } from '../../api/call';
import { pagesOf } from '../../api/query';
import type { Asked, Entry } from '../../api/route';
import { listDeliveries } from '../../api/routes';
import { useMe } from '../../app/session';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Filters, SelectFilter } from '../../ui/filters';
import { ListCsv } from '../../ui/list-csv';
import { Page } from '../../ui/page';
import { Pages } from '../../ui/pages';
import { PrintButton, PrintNote } from '../../ui/print-note';
import { StatusBadge } from '../../ui/status-badge';
import { count, exactMoment, moment } from '../../words/format';
import { mailStatus } from '../../words/status';

const route = getRouteApi('/evidence/deliveries');

const mailKinds: Record<Entry<typeof listDeliveries>['kind'], MessageDescriptor> = {
  submitted: msg`Decision asked for`,
  approved: msg`Request approved`,
  rejected: msg`Request rejected`,
  ready: msg`Request ready`,
  'created-not-customised': msg`Created, not customised`,
  failed: msg`Request failed`,
  'nobody-may-decide': msg`Nobody may decide`,
  'provisioning-failed': msg`Failed, to the administrators`,
  'decommission-held-up': msg`Not deleted yet, to the administrators`,
  test: msg`Test mail`,
};

/** Which mails went to whom, and which did not and why. */
export function DeliveriesPage() {
  const { t, i18n } = useLingui();
  const { tenant } = useMe();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const filter = {
    state: state && state in mailStatus ? (state as keyof typeof mailStatus) : undefined,
  } satisfies Asked<typeof listDeliveries>;
  const answer = useInfiniteQuery(pagesOf(listDeliveries, filter));
  const kind = (item: Entry<typeof listDeliveries>) =>
    mailKinds[item.kind] ? i18n._(mailKinds[item.kind]) : item.kind;
  return (
    <Page
      title={t`Mail deliveries`}
      tools={
        <>
          <ListCsv
            name="deliveries"
            ask={(cursor) => call(listDeliveries, { ...filter, limit: 200, cursor })}
            head={[
              t`Mail`,
              t`Recipient`,
              t`Request`,
              t`Status`,
              t`Attempts`,
              t`Queued`,
              t`Sent`,
              t`Message id`,
              t`Last error`,
            ]}
            row={(item) => [
              kind(item),
              item.to.name ?? t`Deleted person`,
              item.requestId,
              i18n._(mailStatus[item.state].word),
              item.attempts,
              item.queuedAt,
              item.sentAt,
              item.messageId,
              item.lastError,
            ]}
          />
          <PrintButton />
        </>
      }
    >
      <PrintNote tenant={tenant.name} />
      <Filters>
        <SelectFilter
          label={t`Status`}
          value={state}
          onChoose={(value) => void navigate({ search: value ? { state: value } : {}, replace: true })}
        >
          <option value="">{t`All`}</option>
          {Object.entries(mailStatus).map(([key, { word }]) => (
            <option key={key} value={key}>
              {i18n._(word)}
            </option>
          ))}
        </SelectFilter>
      </Filters>
      <Pages
        answer={answer}
        empty={
          <Empty
            action={state ? <Button onClick={() => void navigate({ search: {} })}>{t`Remove filters`}</Button> : null}
          >
            {state
              ? t`Nothing fits these filters.`
              : t`No mail yet. DVMM writes when a request needs somebody or has ended.`}
          </Empty>
        }
      >
        {(items) => (
          <table className="w-full border-collapse text-dense max-md:block">
            <caption className="sr-only">{t`Mail deliveries, newest first`}</caption>
            <thead className="border-b border-border bg-muted text-left max-md:sr-only">
              <tr>
                <th className="px-3 py-2">{t`Mail`}</th>
                <th className="px-3 py-2">{t`Recipient`}</th>
                <th className="px-3 py-2">{t`Status`}</th>
                <th className="px-3 py-2 text-right">{t`Attempts`}</th>
                <th className="px-3 py-2">{t`Queued`}</th>
                <th className="px-3 py-2">{t`Last error`}</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-border max-md:block">
              {items.map((item) => (
                <tr
                  key={item.id}
                  className="hover:bg-accent max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:py-2"
                >
                  <th scope="row" className="px-3 py-1 text-left max-md:w-full max-md:py-0">
                    {item.requestId ? (
                      <Link
                        to="/requests/$id"
                        params={{ id: item.requestId }}
                        className="inline-flex min-h-6 items-center text-primary hover:underline"
                      >
                        {kind(item)}
                      </Link>
                    ) : (
                      kind(item)
                    )}
                  </th>
                  <td className="px-3 py-1 break-words max-md:py-0">{item.to.name ?? t`Deleted person`}</td>
                  <td className="px-3 py-1 max-md:py-0">
                    <StatusBadge status={mailStatus[item.state]} plain />
                  </td>
                  <td className="px-3 py-1 text-right max-md:hidden">{count(item.attempts)}</td>
                  <td className="px-3 py-1 whitespace-nowrap text-muted-foreground max-md:py-0">
                    <time dateTime={item.queuedAt} title={exactMoment(item.queuedAt)}>
                      {moment(item.queuedAt)}
                    </time>
                  </td>
                  <td className="px-3 py-1 break-words max-md:w-full max-md:py-0">{item.lastError}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Pages>
    </Page>
  );
}
