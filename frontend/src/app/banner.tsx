import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { CloudOff, Lock, type LucideIcon, TriangleAlert, Unplug } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { LiveState } from '../api/live';
import { answerTo } from '../api/query';
import { awayVCenters } from '../api/routes';
import { openSignIn } from '../api/signed-in';
import { Button } from '../ui/button';
import { clock, moment } from '../words/format';
import { useMe } from './session';
import { useSessionEnd } from './session-end';

/** The one lasting state that matters most just now; it says how many more there are and leaves when the state ends. */
export function Banner({ live, signedOut }: { live: LiveState; signedOut: boolean }) {
  const { t } = useLingui();
  const online = useOnline();
  const { endsAt, stay } = useSessionEnd();
  const { data } = useQuery(answerTo(awayVCenters, {}));
  const { tenant } = useMe();
  const ended = signedOut || live === 'ended';
  const states = [
    ended ? <SessionEnded key="ended" /> : null,
    endsAt && !ended ? (
      <Strip key="ends" tone="warn" icon={TriangleAlert}>
        <span>{t`Still there? Your session ends at ${clock(endsAt)}.`}</span>{' '}
        <Button onClick={stay}>{t`Stay signed in`}</Button>
      </Strip>
    ) : null,
    online ? null : (
      <Strip key="offline" tone="warn" icon={CloudOff}>
        {t`You are offline. What you see may be old and your entries stay here. It goes on by itself.`}
      </Strip>
    ),
    online && live === 'lost' ? (
      <Strip key="lost" tone="info" icon={CloudOff}>
        {t`The connection is lost. What you see may be old; it comes back by itself.`}
      </Strip>
    ) : null,
    tenant.active ? null : (
      <Strip key="suspended" tone="warn" icon={Lock}>
        {t`${tenant.name} is suspended. You can read everything; nothing can be requested or changed. Your VMs go on. The platform administration can tell why.`}
      </Strip>
    ),
    ...(data?.away ?? []).map(({ id, name, since }) => (
      <Strip key={id} tone="warn" icon={Unplug}>
        {t`vCenter ${name} has been out of reach since ${moment(since)}. Requests are accepted and keep their place; provisioning goes on by itself.`}
      </Strip>
    )),
  ].filter((state) => state !== null);
  const more = states.length - 1;
  return (
    <div role="status" className="print:hidden">
      {states[0]}
      {more > 0 ? (
        <details className="border-b border-border">
          <summary className="min-h-6 px-4 py-1 text-small text-muted-foreground">{t`${more} more`}</summary>
          {states.slice(1)}
        </details>
      ) : null}
    </div>
  );
}

function SessionEnded() {
  const { t } = useLingui();
  return (
    <Strip tone="warn" icon={TriangleAlert}>
      {t`Your session has ended. Your entries on this page are still here.`}{' '}
      <Button onClick={openSignIn}>{t`Sign in in a new window`}</Button>
    </Strip>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('online', listener);
      addEventListener('offline', listener);
      return () => {
        removeEventListener('online', listener);
        removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}

function Strip({ tone, icon: Icon, children }: { tone: 'warn' | 'info'; icon: LucideIcon; children: ReactNode }) {
  return (
    <div
      className={`flex items-center gap-3 border-b border-border px-4 py-2 ${tone === 'warn' ? 'bg-warn-tint text-warn' : 'bg-info-tint text-info'}`}
    >
      <Icon aria-hidden size={16} className="shrink-0" />
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">{children}</p>
    </div>
  );
}
