import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { answerTo } from '../api/query';
import { listApprovals } from '../api/routes';
import { count } from '../words/format';
import { useGroups } from './places';
import { useMe } from './session';

/** Cases that wait for me: the only number that asks for work. */
function useWaiting(): number {
  const mayDecide = useMe().roles.some((role) => role === 'approver' || role === 'tenant-admin');
  const { data } = useQuery({ ...answerTo(listApprovals, {}), enabled: mayDecide });
  return data?.items.filter((item) => item.mayDecide).length ?? 0;
}

export function SideNavigation() {
  const { t, i18n } = useLingui();
  const waiting = useWaiting();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const bar = nav.current;
    const current = bar?.querySelector('[aria-current=page]')?.getBoundingClientRect();
    if (!bar || !current) return;
    const { top, bottom } = bar.getBoundingClientRect();
    if (current.bottom > bottom) bar.scrollTop += current.bottom - bottom + 8;
    if (current.top < top) bar.scrollTop -= top - current.top + 8;
  }, [pathname]);
  return (
    <nav
      ref={nav}
      aria-label={t`Pages`}
      className="sticky top-12 hidden h-[calc(100dvh-3rem)] w-14 shrink-0 overflow-y-auto border-r border-border bg-muted p-2 sm:block lg:w-56 print:hidden"
    >
      {useGroups().map((group) => (
        <div key={group.heading.id} className="mb-4">
          <p className="px-3 py-1 text-caption text-muted-foreground max-lg:sr-only">{i18n._(group.heading)}</p>
          <ul>
            {group.places.map(({ to, icon: Icon, label }) => (
              <li key={to}>
                <Link
                  to={to}
                  title={i18n._(label)}
                  activeOptions={{ exact: to === '/', includeSearch: false }}
                  activeProps={{ className: 'bg-primary-tint font-semibold border-primary' }}
                  inactiveProps={{ className: 'border-transparent' }}
                  className="flex min-h-10 items-center gap-3 rounded-control border-l-[3px] px-2 hover:bg-accent"
                >
                  <Icon aria-hidden size={20} className="shrink-0" />
                  <span className="max-lg:sr-only">{i18n._(label)}</span>
                  {to === '/approvals' && waiting > 0 ? <Waiting count={waiting} /> : null}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Waiting({ count: waiting }: { count: number }) {
  const { t } = useLingui();
  return (
    <span className="ml-auto rounded-full bg-primary px-2 text-caption font-semibold text-primary-foreground max-lg:hidden">
      {count(waiting)} <span className="sr-only">{t`waiting for you`}</span>
    </span>
  );
}

/** On a phone: the four places people go to most, the rest behind one more. */
export function BottomBar() {
  const { t, i18n } = useLingui();
  const groups = useGroups();
  const places = groups.flatMap((group) => group.places);
  const rest = places.length > 5 ? places.slice(4) : [];
  const { pathname } = useLocation();
  const among = rest.some(({ to }) => to && pathname.startsWith(to));
  return (
    <nav
      aria-label={t`Pages`}
      className="fixed inset-x-0 bottom-0 z-20 flex border-t border-border bg-card sm:hidden print:hidden"
    >
      {places.slice(0, places.length - rest.length).map(({ to, icon: Icon, label, narrow }) => (
        <Link
          key={to}
          to={to}
          aria-label={i18n._(label)}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          activeProps={{ className: 'text-primary font-semibold' }}
          className="flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center text-caption"
        >
          <Icon aria-hidden size={20} />
          <span className="max-w-full text-center leading-tight hyphens-manual">{i18n._(narrow ?? label)}</span>
        </Link>
      ))}
      {rest.length > 0 ? (
        <>
          <button
            type="button"
            popoverTarget="more-pages"
            aria-current={among}
            className={`flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center text-caption ${among ? 'font-semibold text-primary' : ''}`}
          >
            <Ellipsis aria-hidden size={20} />
            <span className="max-w-full text-center leading-tight hyphens-auto">{t`More`}</span>
          </button>
          <div
            id="more-pages"
            popover="auto"
            className="fixed inset-auto right-2 bottom-16 max-h-[calc(100dvh-8rem)] overflow-y-auto rounded-panel border border-border bg-popover p-2 text-foreground shadow-floating"
          >
            {groups.map(({ heading, places: all }) => {
              const here = all.filter((place) => rest.includes(place));
              if (here.length === 0) return null;
              return (
                <section key={heading.id} aria-label={i18n._(heading)} className="mb-2 last:mb-0">
                  <p className="px-3 py-1 text-caption text-muted-foreground">{i18n._(heading)}</p>
                  <ul>
                    {here.map(({ to, icon: Icon, label }) => (
                      <li key={to}>
                        <Link
                          to={to}
                          onClick={(event) => event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()}
                          activeProps={{ className: 'bg-primary-tint font-semibold' }}
                          className="flex min-h-11 items-center gap-3 rounded-control px-3 hover:bg-accent"
                        >
                          <Icon aria-hidden size={20} />
                          {i18n._(label)}
                        </Link>
                      </li>
                    ))}
                  </ul>
                </section>
              );
            })}
          </div>
        </>
      ) : null}
    </nav>
  );
}
