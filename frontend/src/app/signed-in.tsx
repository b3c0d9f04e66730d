import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { tellSignedIn } from '../api/signed-in';
import { Page } from '../ui/page';

/** Where a sign-in beside another page ends: that page goes on, this window is no longer needed. */
export function SignedIn() {
  const { t } = useLingui();
  useEffect(() => {
    tellSignedIn();
    close(); // Only a window that the portal opened obeys.
  }, []);
  return (
    <Page title={t`You are signed in`}>
      <p>{t`Your first window goes on by itself. You can close this one.`}</p>
    </Page>
  );
}
