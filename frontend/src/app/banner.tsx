import { useLingui } from '@lingui/react/macro';
import { Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LiveState } from '../api/live';

/** The one lasting state that matters most just now; it leaves when the state ends. */
export function Banner({ live, signedOut }: { live: LiveState; signedOut: boolean }) {
  const { t } = useLingui();
  if (signedOut || live === 'ended') {
    return (
      <Strip tone="warn">
        {t`Your session has ended. Your entries on this page are still here.`}{' '}
        <a href="/auth/login" target="_blank" rel="noreferrer" className="font-semibold underline">
          {t`Sign in in a new window`}
        </a>
      </Strip>
    );
  }
  if (live === 'lost')
    return <Strip tone="info">{t`The connection is lost. What you see may be old; it comes back by itself.`}</Strip>;
  return null;
}

function Strip({ tone, children }: { tone: 'warn' | 'info'; children: ReactNode }) {
  const Icon = tone === 'warn' ? TriangleAlert : Info;
  return (
    <div
      role="status"
      className={`flex items-center gap-3 border-b border-border px-4 py-2 ${tone === 'warn' ? 'bg-warn-tint text-warn' : 'bg-info-tint text-info'}`}
    >
      <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />
      <p>{children}</p>
    </div>
  );
}
