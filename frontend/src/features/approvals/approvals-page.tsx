import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type HeldChange, holdChanges, sendHeld, undoChanges, useHeldChanges } from '../../api/held-changes';
import { allOf, answerTo } from '../../api/query';
import { approve, listApprovals, listOwnDecisions, reject } from '../../api/routes';
import { oneLetterKeys, usePageKeys } from '../../app/keys';
import { useMe } from '../../app/session';
import { announce } from '../../ui/announcer';
import { Asked } from '../../ui/asked';
import { Button, ButtonLink } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Filters, SelectFilter } from '../../ui/filters';
import { HoldTime, holdMs } from '../../ui/hold-time';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { useMedia } from '../../ui/use-media';
import { count } from '../../words/format';
import { BulkBar } from './bulk-bar';
import { alike, type Case, nextAfter } from './case';
import { CaseDetail } from './case-detail';
import { ClosedCase } from './closed-case';
import { Ordered } from './ordered';
import { QueueRow, rowOf } from './queue-row';
import { RejectMany } from './reject-many';

/** Old once something is decided. */
const refreshes = [listApprovals, listOwnDecisions];
const route = getRouteApi('/approvals');

/** Loads the queue: all of it, since what is decided together is chosen from all. */
export function ApprovalsPage() {
  const { t } = useLingui();
  const { person } = useMe();
  const { id } = route.useSearch();
  const answer = useQuery(allOf(listApprovals, {}));
  // One's own is somebody else's to decide; only a link leads there.
  const cases = answer.data?.filter((item) => item.requester.id !== person.id || item.id === id);
  const mine = cases?.filter(({ mayDecide }) => mayDecide).length ?? 0;
  const wide = useMedia('(min-width: 1024px)');
  const at = cases?.findIndex((item) => item.id === id) ?? -1;
  const oneOnly = !wide && id !== undefined;
  useEffect(() => () => void sendHeld(), []); // Where the undoing is out of sight, waiting for it makes no sense.
  return (
    <Page
      title={t`Approvals`}
      facts={
        !cases
          ? '\u00a0' // Kept free, so that nothing moves when the answer comes.
          : !oneOnly
            ? t`${plural(cases.length, { one: '# open', other: '# open' })}, ${plural(mine, { one: '# waiting for you', other: '# waiting for you' })}`
            : at >= 0
              ? t`${count(at + 1)} of ${count(cases.length)}`
              : null
      }
      tools={oneOnly ? null : <ButtonLink to="/approvals/decided" look="quiet">{t`What I decided`}</ButtonLink>}
    >
      <Asked answer={answer} lines={8}>
        {() => <Queue cases={cases ?? []} wide={wide} />}
      </Asked>
    </Page>
  );
}

/** The list and the one case looked at, side by side; on a narrow screen one after the other. */
function Queue({ cases, wide }: { cases: readonly Case[]; wide: boolean }) {
  const { t } = useLingui();
  const { id, project } = route.useSearch();
  const navigate = route.useNavigate();
  const phone = useMedia('(max-width: 639px)');
  const held = useHeldChanges();
  const [moved, setMoved] = useState(false);
  const [seen, setSeen] = useState<Case>();
  const [rejecting, setRejecting] = useState<string>();
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set());
  const [refusingMany, setRefusingMany] = useState(false);

  const orderOf = (item: { id: string }) => held.find((one) => one.id === item.id);
  const free = (item: Case) => orderOf(item) === undefined;
  const shown = project ? cases.filter(({ vm }) => vm.project.id === project) : cases;
  const found = id ? cases.find((item) => item.id === id) : wide ? (shown.find(free) ?? shown[0]) : undefined;
  if (found && found !== seen) setSeen(found);
  const looked = found ?? (seen?.id === id ? seen : undefined);
  const open = looked && (free(looked) || orderOf(looked)?.state === 'refused') ? looked : undefined;
  const chosen = shown.filter((item) => chosenIds.has(item.id) && item.mayDecide && free(item));
  const first = chosen[0];
  const choosable = shown.filter((item) => item.mayDecide && free(item) && (!first || alike(item, first)));

  const go = (to: Case | undefined) => {
    setMoved(true);
    setRejecting(undefined);
    setRefusingMany(false);
    void navigate({ search: (old) => ({ ...old, id: to?.id }), replace: true });
    if (to) rowOf(to.id)?.scrollIntoView({ block: 'nearest' });
  };
  const goOn = (sentence: string, from: string, gone: readonly Case[]) => {
    const next = nextAfter(shown, from, (item) => free(item) && !gone.includes(item));
    announce(`${sentence} ${next ? t`Next request: ${next.vm.name}.` : t`Nothing else waits for you.`}`);
    go(next);
  };
  const order = (items: readonly Case[], reason?: string) => {
    const of = ({ id, contentHash, vm }: Case) => ({ id, name: vm.name, input: { id, contentHash } });
    if (reason === undefined) {
      holdChanges(approve, items.map(of), { deed: 'approve', holdMs: holdMs(), refreshes });
    } else {
      const named = items.map(of).map(({ input, ...rest }) => ({ ...rest, input: { ...input, reason } }));
      holdChanges(reject, named, { deed: 'reject', holdMs: 0, refreshes });
    }
    setChosenIds(new Set([...chosenIds].filter((one) => !items.some((item) => item.id === one))));
  };
  const approveThese = (items: readonly Case[]) => {
    const [item] = items;
    if (!item) return;
    order(items);
    const name = item.vm.name;
    const what =
      items.length === 1
        ? t`${name} is being approved.`
        : t`${plural(items.length, { one: '# request is being approved.', other: '# requests are being approved.' })}`;
    goOn(oneLetterKeys.on ? `${what} ${t`Undo with U.`}` : what, item.id, items);
  };
  const undo = (change: HeldChange | undefined) => {
    const undone = change ? undoChanges(change.batch) : [];
    if (undone.length === 0) return;
    const back = cases.find((item) => item.id === undone[0]?.id);
    const name = undone[0]?.name;
    announce(
      undone.length === 1
        ? t`Undone. ${name} is open again.`
        : t`${plural(undone.length, { one: 'Undone. # request is open again.', other: 'Undone. # requests are open again.' })}`,
    );
    go(back);
  };
  const choose = (item: Case, yes: boolean) =>
    setChosenIds(new Set(yes ? [...chosenIds, item.id] : [...chosenIds].filter((one) => one !== item.id)));
  const walk = (by: 1 | -1) => {
    const rows = shown.filter(free);
    const at = rows.findIndex((item) => item.id === open?.id);
    const to = rows[at < 0 ? 0 : at + by];
    if (to) go(to);
  };
  const mayDecide = open?.mayDecide && found && !refusingMany;
  // What is chosen is meant; only without a choice is it the case that is open.
  usePageKeys({
    a: refusingMany
      ? undefined
      : first
        ? () => approveThese(chosen)
        : mayDecide && rejecting !== open.id
          ? () => approveThese([open])
          : undefined,
    r: first ? () => setRefusingMany(true) : mayDecide ? () => setRejecting(open.id) : undefined,
    u: () => undo(held.findLast(({ state }) => state === 'waiting')),
    x: open && choosable.includes(open) ? () => choose(open, !chosenIds.has(open.id)) : undefined,
    j: () => walk(1),
    k: () => walk(-1),
  });

  // What did not count stays in sight until it is read, even when its case has left the queue.
  const strays = held.filter((one) => !shown.some((item) => item.id === one.id));
  const orders = held.map((one) => (
    <li key={one.id} className="flex px-4 py-2">
      <Ordered change={one} onUndo={undo} />
    </li>
  ));
  const projects = [...new Map(cases.map(({ vm }) => [vm.project.id, vm.project.name]))];
  const list = (
    <div className="min-w-0 self-start rounded-panel border border-border bg-card">
      <ul aria-label={t`Open requests`} className="divide-y divide-border">
        {shown.map((item) => {
          const change = orderOf(item);
          if (change) {
            return (
              <li key={item.id} className="flex py-2 pr-4 pl-[43px] pointer-coarse:pl-[51px]">
                <Ordered change={change} onUndo={undo} />
              </li>
            );
          }
          return (
            <QueueRow
              key={item.id}
              item={item}
              open={item.id === open?.id}
              chosen={chosenIds.has(item.id)}
              choosable={choosable.includes(item)}
              onOpen={() => {
                setMoved(true);
                setRejecting(undefined);
                setRefusingMany(false);
              }}
              onChoose={(yes) => choose(item, yes)}
            />
          );
        })}
        {strays.map((change) => (
          <li key={change.id} className="flex py-2 pr-4 pl-[43px] pointer-coarse:pl-[51px]">
            <Ordered change={change} onUndo={undo} />
          </li>
        ))}
      </ul>
      {shown.length === 0 && strays.length === 0 ? <NothingOpen filtered={project !== undefined} /> : null}
      {chosen.length > 0 && !refusingMany ? (
        <BulkBar
          chosen={chosen}
          alikeLeft={choosable.length - chosen.length}
          otherStages={shown.some((item) => item.mayDecide && free(item) && !choosable.includes(item))}
          onApprove={() => approveThese(chosen)}
          onReject={() => setRefusingMany(true)}
          onAll={() => setChosenIds(new Set(choosable.map((item) => item.id)))}
          onNone={() => setChosenIds(new Set())}
        />
      ) : null}
    </div>
  );
  const detail =
    refusingMany && chosen.length > 0 ? (
      <RejectMany
        chosen={chosen}
        onSend={(reason) => {
          order(chosen, reason);
          goOn(
            t`${plural(chosen.length, { one: '# request is being rejected.', other: '# requests are being rejected.' })}`,
            chosen[0]?.id ?? '',
            chosen,
          );
        }}
        onBack={() => setRefusingMany(false)}
      />
    ) : open ? (
      <CaseDetail
        key={open.id}
        item={open}
        closed={!found}
        phone={phone}
        keys={!first}
        takesFocus={moved}
        rejecting={rejecting === open.id}
        onApprove={() => approveThese([open])}
        onReject={(yes) => setRejecting(yes ? open.id : undefined)}
        onRejected={(sentence) => goOn(sentence, open.id, [open])}
      />
    ) : id && !looked ? (
      <ClosedCase id={id} />
    ) : null;
  const onlyDetail = !wide && (id !== undefined || refusingMany);
  return (
    <>
      {projects.length > 1 && !onlyDetail ? (
        <Filters>
          <SelectFilter
            label={t`Project`}
            value={project}
            onChoose={(chosenProject) => void navigate({ search: { project: chosenProject }, replace: true })}
          >
            <option value="">{t`All`}</option>
            {projects.map(([projectId, name]) => (
              <option key={projectId} value={projectId}>
                {name}
              </option>
            ))}
          </SelectFilter>
        </Filters>
      ) : null}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,420px)_minmax(0,1fr)]">
        {onlyDetail ? (
          <Button
            look="quiet"
            className="-ml-4 justify-self-start"
            onClick={() => {
              setRefusingMany(false);
              const from = id;
              void navigate({ search: (old) => ({ ...old, id: undefined }) }).then(() =>
                requestAnimationFrame(() => (from ? rowOf(from) : null)?.focus()),
              );
            }}
          >
            {t`Back to the queue`}
          </Button>
        ) : (
          <div className="min-w-0">
            {list}
            <HoldTime />
          </div>
        )}
        {detail ? <div className="min-w-0">{detail}</div> : null}
      </div>
      {onlyDetail && orders.length > 0 ? (
        <ul
          aria-label={t`Just decided`}
          className="fixed inset-x-2 bottom-36 z-20 divide-y divide-border rounded-panel border border-border bg-popover shadow-floating sm:bottom-4 sm:left-20"
        >
          {orders.slice(-2)}
        </ul>
      ) : null}
    </>
  );
}

function NothingOpen({ filtered }: { filtered: boolean }) {
  const { t } = useLingui();
  const { data } = useQuery(answerTo(listOwnDecisions, { limit: 1 }));
  const last = data?.items[0];
  if (filtered) return <Empty>{t`Nothing fits these filters.`}</Empty>;
  return (
    <Empty>
      {t`Nothing is open.`}{' '}
      {last ? (
        <>
          {t`Last decision:`} <Moment at={last.decidedAt} />.
        </>
      ) : null}
    </Empty>
  );
}
