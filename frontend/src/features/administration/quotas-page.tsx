import { useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { allOf } from '../../api/query';
import type { Entry } from '../../api/route';
import { listQuota } from '../../api/routes';
import { useHasRole } from '../../app/session';
import { Asked } from '../../ui/asked';
import { Button } from '../../ui/button';
import { Page, Section } from '../../ui/page';
import { QuotaPanel } from './limits-form';

/** What is used, what is reserved and where it ends, for the tenant and for each project. */
export function QuotasPage() {
  const { t } = useLingui();
  const answer = useQuery(allOf(listQuota, {}));
  return (
    <Page title={t`Quotas`} facts={t`A request must fit its project and the whole tenant.`}>
      <Asked answer={answer} lines={8}>
        {(quotas) => quotas.map((quota) => <One key={quota.projectId ?? 'tenant'} quota={quota} />)}
      </Asked>
    </Page>
  );
}

function One({ quota }: { quota: Entry<typeof listQuota> }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const administers = useHasRole('tenant-admin');
  const name = quota.projectName ?? t`Whole tenant`;
  return (
    <Section
      className="max-w-4xl"
      title={name}
      action={
        administers && !open ? (
          <Button look="quiet" onClick={() => setOpen(true)} of={name}>
            {t`Change limit`}
          </Button>
        ) : null
      }
    >
      <QuotaPanel quota={quota} changing={open} onClose={() => setOpen(false)} />
    </Section>
  );
}
