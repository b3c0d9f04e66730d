import { infiniteQueryOptions, QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { isAskedByItself, renew } from './by-itself';
import { call } from './call';
import { Problem } from './problem';
import type { Answered, Asked, Entry, Route } from './route';
import { me } from './routes';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What changes is told by the live stream; a page shown again asks anyway.
      staleTime: 30_000,
      retry: (failures, error) => error instanceof Problem && error.passes && failures < 3,
      retryDelay: (failures) => Math.min(1_000 * 2 ** failures, 8_000),
    },
  },
});

/** A question to the server and its key: the route's path, then the input. */
export function answerTo<R extends Route>(route: R, input: Asked<R>) {
  return queryOptions<Answered<R>, Error>({
    queryKey: [route.path, input],
    queryFn: ({ signal, queryKey }) => call(route, input, { signal, byItself: isAskedByItself(queryKey) }),
  });
}

/** A list page after page, as somebody reads on. */
export function pagesOf<R extends Route>(route: R, input: Omit<Asked<R>, 'cursor'>) {
  return infiniteQueryOptions({
    queryKey: [route.path, input, 'pages'],
    queryFn: ({ pageParam, signal, queryKey }) =>
      call(route, { ...input, cursor: pageParam } as unknown as Asked<R>, {
        signal,
        byItself: isAskedByItself(queryKey),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page as { nextCursor: string | null }).nextCursor ?? undefined,
  });
}

/** All entries of a list, page after page: for what a tenant has dozens of, or a thousand at most, such as people. */
export function allOf<R extends Route>(route: R, input: Omit<Asked<R>, 'cursor' | 'limit'>) {
  return queryOptions<Entry<R>[], Error>({
    queryKey: [route.path, input, 'all'],
    queryFn: async ({ signal, queryKey }) => {
      const byItself = isAskedByItself(queryKey);
      const entries: Entry<R>[] = [];
      let cursor: string | undefined;
      do {
        const asked = { ...input, limit: 200, ...(cursor ? { cursor } : {}) } as unknown as Asked<R>;
        const page = (await call(route, asked, { signal, byItself })) as {
          items: Entry<R>[];
          nextCursor: string | null;
        };
        entries.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return entries;
    },
  });
}

/** All answers of these routes are old: those on screen are asked again now, the others when they are looked at. */
export function askAgain(client: QueryClient, ...routes: readonly Route[]): Promise<unknown> {
  return Promise.all(routes.map(({ path }) => renew(client, { queryKey: [path] })));
}

/**
 * A change. All tries of one input share a key, so it is made once however often one clicks or the answer is lost.
 * @param refreshes what else is old once it is made
 */
export function useChange<R extends Route>(route: R, refreshes: readonly Route[] = []) {
  const client = useQueryClient();
  const wish = useRef({ input: '', key: '' });
  return useMutation<Answered<R>, Error, Asked<R>>({
    mutationFn: (input) => {
      const text = JSON.stringify(input);
      if (wish.current.input !== text) wish.current = { input: text, key: crypto.randomUUID() };
      return call(route, input, { idempotencyKey: wish.current.key });
    },
    onSuccess: () => {
      wish.current = { input: '', key: '' };
      void askAgain(client, ...refreshes);
    },
    onError: (error) => {
      // A page that was open before knows nothing of it yet.
      if (error instanceof Problem && error.code === 'tenant.suspended') void askAgain(client, me);
    },
  });
}
