import { useQuery } from '@tanstack/react-query';
import { allOf } from '../../api/query';
import { listSizes } from '../../api/routes';

/** The currency of the tenant's sizes, which a limit in a policy is compared with. */
export function useCurrency(): string {
  const { data } = useQuery(allOf(listSizes, {}));
  return data?.[0]?.currency ?? 'EUR';
}
