import { contracts } from '@dvmm/contracts';
import type { AnyOperation, HttpRoute } from '@eaf/messaging/contract';

export type PublicOperation = AnyOperation & { readonly http: HttpRoute };

/** Every operation that has a route and lets the gateway ask. */
export const publicOperations: readonly PublicOperation[] = contracts.operations.filter(
  (operation): operation is PublicOperation => operation.http !== undefined && operation.callers.includes('gateway'),
);

/** Names between braces in a route's path. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** Changes, previews and exports cost more than looking, and have a limit of their own. */
export function isCostly(operation: PublicOperation): boolean {
  return operation.writes || operation.http.method !== 'get';
}
