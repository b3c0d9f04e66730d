import { useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { type LiveState, listenLive } from '../api/live';
import { Problem } from '../api/problem';
import { answerTo } from '../api/query';
import { me } from '../api/routes';
import { Announcer } from '../ui/announcer';
import { ProblemNote } from '../ui/problem-note';
import { Skeleton } from '../ui/skeleton';
import { tellTimesIn } from '../words/time-zone';
import { Banner } from './banner';
import { useBrand } from './brand';
import { Forbidden } from './forbidden';
import { useKeptFocus } from './kept-focus';
import { useKeys } from './keys';
import { BottomBar, SideNavigation } from './navigation';
import { useIsForOthers } from './places';
import { SignIn } from './sign-in';
import { TopBar } from './top-bar';

const Palette = lazy(async () => ({ default: (await import('./palette')).Palette }));
const ShortcutList = lazy(async () => ({ default: (await import('./shortcut-list')).ShortcutList }));

/** The frame of every page, for whoever is signed in; the way to sign in for everybody else. */
export function Shell() {
  const answer = useQuery(answerTo(me, {}));
  const nobody = answer.error instanceof Problem && answer.error.status === 401;
  const dressed = useBrand(answer.data?.tenant.brand.colours);
  if (nobody && !answer.data) return <SignIn />;
  if (!answer.data || !dressed) {
    return (
      <main className="mx-auto max-w-[640px] p-8">
        {answer.error ? (
          <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />
        ) : (
          <Skeleton lines={6} />
        )}
      </main>
    );
  }
  tellTimesIn(answer.data.timeZone); // Before anything below is drawn: it tells times.
  return <Frame signedOut={nobody} />;
}

function Frame({ signedOut }: { signedOut: boolean }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const forOthers = useIsForOthers();
  const [live, setLive] = useState<LiveState>('listening');
  const [opened, setOpened] = useState<'palette' | 'keys'>();
  useEffect(() => listenLive(client, setLive), [client]);
  const openPalette = () => setOpened('palette');
  const openKeys = () => setOpened('keys');
  useKeys({ palette: openPalette, list: openKeys });
  useKeptFocus();
  return (
    <>
      <a href="#content" className="absolute -top-20 left-2 z-50 rounded-control bg-card p-3 focus:top-2">
        {t`Skip to content`}
      </a>
      <TopBar onSearch={openPalette} onKeys={openKeys} />
      <Banner live={live} signedOut={signedOut} />
      <div className="flex">
        <SideNavigation />
        <main id="content" className="mx-auto w-full max-w-[1400px] min-w-0 p-4 pb-24 sm:p-6 sm:pb-12">
          {forOthers ? <Forbidden /> : <Outlet />}
        </main>
      </div>
      <BottomBar />
      <Announcer />
      <Suspense>
        {opened === 'palette' ? (
          <Palette onClose={() => setOpened((now) => (now === 'palette' ? undefined : now))} onKeys={openKeys} />
        ) : null}
        {opened === 'keys' ? <ShortcutList onClose={() => setOpened(undefined)} /> : null}
      </Suspense>
    </>
  );
}
