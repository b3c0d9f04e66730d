import { useLingui } from '@lingui/react/macro';
import { ButtonLink } from '../ui/button';
import { Page } from '../ui/page';

/** For a page of another role's. */
export function Forbidden() {
  const { t } = useLingui();
  return (
    <Page title={t`Not for your role`}>
      <p className="mb-4">{t`You may not view this page. Your tenant administration can give you the role for it.`}</p>
      <ButtonLink to="/">{t`To the start`}</ButtonLink>
    </Page>
  );
}
