import { useLingui } from '@lingui/react/macro';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { onSignedIn, openSignIn, samePerson } from '../api/signed-in';
import { Button } from './button';

/** The session ended while something was to be sent. It is sent by itself once the same person has signed in beside it. */
export function SignInAgain({ onBack }: { onBack: () => void }) {
  const { t } = useLingui();
  const back = useEffectEvent(onBack);
  useEffect(() => onSignedIn(() => void samePerson().then((same) => same && back())), []);
  return (
    <div role="alert" className="flex gap-3 rounded-panel border border-warn-mark bg-warn-tint p-4">
      <TriangleAlert aria-hidden size={20} className="shrink-0 text-warn" />
      <div className="min-w-0">
        <p className="font-semibold text-warn">{t`Your session has ended`}</p>
        <p>{t`Your entries on this page are still here. Sign in in the new window; then they are sent by themselves.`}</p>
        <Button className="mt-2" onClick={openSignIn}>
          {t`Sign in in a new window`}
        </Button>
      </div>
    </div>
  );
}
