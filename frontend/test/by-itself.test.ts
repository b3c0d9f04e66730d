import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { askByItself, isAskedByItself } from '../src/api/by-itself';

/** A question on screen; `asked` says for each time whether the page asked by itself. */
async function shown(client: QueryClient, name: string) {
  const asked: boolean[] = [];
  const observer = new QueryObserver(client, {
    queryKey: [name],
    retry: 1,
    retryDelay: 0,
    queryFn: async ({ queryKey }) => {
      asked.push(isAskedByItself(queryKey));
      if (asked.length === failsAt) throw new Error('once');
      return 'answer';
    },
  });
  let failsAt = 0;
  observer.subscribe(() => {});
  await observer.refetch();
  asked.length = 0;
  return { asked, failNext: () => (failsAt = asked.length + 1), observer };
}

describe('what is asked again after a hint', () => {
  it('is told from what somebody asked', async () => {
    const client = new QueryClient();
    const { asked } = await shown(client, 'requests');
    await askByItself(client, { queryKey: ['requests'] });
    await client.invalidateQueries({ queryKey: ['requests'] });
    expect(asked).toEqual([true, false]);
  });

  it('stays so when it is tried again', async () => {
    const client = new QueryClient();
    const { asked, failNext } = await shown(client, 'requests');
    failNext();
    await askByItself(client);
    expect(asked).toEqual([true, true]);
  });

  it('stays so when a second hint comes meanwhile, and ends with the last', async () => {
    const client = new QueryClient();
    const { asked, observer } = await shown(client, 'requests');
    await Promise.all([askByItself(client), askByItself(client)]);
    await observer.refetch();
    expect(asked).toEqual([true, true, false]);
  });

  it('is asked anew when it was on its way for the first time', async () => {
    const client = new QueryClient();
    const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    let asked = 0;
    const observer = new QueryObserver(client, { queryKey: ['decided'], queryFn: () => answers[asked++]?.promise });
    observer.subscribe(() => {});
    const renewed = askByItself(client, { queryKey: ['decided'] });
    answers[0]?.resolve('from before the change');
    answers[1]?.resolve('from after it');
    await renewed;
    expect([asked, observer.getCurrentResult().data]).toEqual([2, 'from after it']);
  });

  it('leaves other questions alone', async () => {
    const client = new QueryClient();
    await shown(client, 'requests');
    const other = await shown(client, 'machines');
    await Promise.all([askByItself(client, { queryKey: ['requests'] }), other.observer.refetch()]);
    expect(other.asked).toEqual([false]);
  });
});
