import type { Entry } from '../../api/route';
import type { listQuota } from '../../api/routes';
import { type QuotaDimension, quotaOrder } from '../../words/quota';

export interface Shortage {
  readonly scope: 'project' | 'tenant';
  readonly dimension: QuotaDimension;
  readonly missing: number;
}

/** What a size lacks in the project's quota and the tenant's, as they are known just now; the server decides at submit. */
export function shortagesOf(
  size: { readonly vcpus: number; readonly memoryMiB: number; readonly diskGiB: number },
  quotas: readonly Entry<typeof listQuota>[],
  projectId: string,
): Shortage[] {
  const needed = { vms: 1, vcpus: size.vcpus, memoryMiB: size.memoryMiB, diskGiB: size.diskGiB };
  return quotas
    .filter((quota) => quota.projectId === null || quota.projectId === projectId)
    .flatMap(({ projectId: id, limits, used, reserved }) =>
      quotaOrder.map((dimension) => ({
        scope: id ? ('project' as const) : ('tenant' as const),
        dimension,
        missing: limits ? used[dimension] + reserved[dimension] + needed[dimension] - limits[dimension] : 0,
      })),
    )
    .filter(({ missing }) => missing > 0);
}
