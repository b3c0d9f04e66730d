import { useLingui } from '@lingui/react/macro';
import { ButtonLink } from '../ui/button';
import { Page } from '../ui/page';

/** For what does not exist and for what is another tenant's alike. */
export function NotFound() {
  const { t } = useLingui();
  return (
    <Page title={t`Not found`}>
      <p className="mb-4">{t`There is nothing here, or it is not for you.`}</p>
      <ButtonLink to="/">{t`To the start`}</ButtonLink>
    </Page>
  );
}
