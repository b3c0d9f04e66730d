import { lazy, Suspense } from 'react';
import { HomePage } from '../features/home/home-page';
import { Skeleton } from '../ui/skeleton';
import { useHasRole } from './session';

const OperationsSection = lazy(async () => ({
  default: (await import('../features/administration/operations-section')).OperationsSection,
}));
const ChangesSection = lazy(async () => ({
  default: (await import('../features/evidence/changes-section')).ChangesSection,
}));

/** Home by role: each role that needs more than requests and machines adds its block on top. */
export function Home() {
  const administers = useHasRole('tenant-admin');
  const audits = useHasRole('auditor');
  return (
    <HomePage>
      <Suspense fallback={<Skeleton lines={8} />}>
        {administers ? <OperationsSection /> : null}
        {audits ? <ChangesSection /> : null}
      </Suspense>
    </HomePage>
  );
}
