import { hashKey, type QueryClient, type QueryFilters } from '@tanstack/react-query';

/** Questions under way that the page asks by itself, and how often over. */
const underWay = new Map<string, number>();

/**
 * These answers are old: those on screen are asked again now, the others when they are looked at. A first answer that is
 * just on its way may be older than the change, and the query client does not ask for it anew: so it is once it is here.
 */
export async function renew(client: QueryClient, filters: QueryFilters = {}): Promise<void> {
  const first = client
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: 'fetching' })
    .filter(({ state }) => state.data === undefined);
  await client.invalidateQueries(filters);
  if (first.length > 0) await client.invalidateQueries({ predicate: (query) => first.includes(query) });
}

/**
 * Asks again what is on screen because the server said that it changed, not because somebody did something: the gateway
 * must not take that for a person who is present, or a page left open would never be signed out.
 */
export async function askByItself(client: QueryClient, filters: QueryFilters = {}): Promise<void> {
  const hashes = client
    .getQueryCache()
    .findAll({ ...filters, type: 'active' })
    .map(({ queryHash }) => queryHash);
  for (const hash of hashes) underWay.set(hash, (underWay.get(hash) ?? 0) + 1);
  await renew(client, filters).finally(() => {
    for (const hash of hashes) {
      const left = (underWay.get(hash) ?? 1) - 1;
      if (left > 0) underWay.set(hash, left);
      else underWay.delete(hash);
    }
  });
}

/** Holds for all tries and all pages of such a question. */
export function isAskedByItself(queryKey: readonly unknown[]): boolean {
  return underWay.has(hashKey(queryKey));
}
