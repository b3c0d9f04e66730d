import { useQuery } from '@tanstack/react-query';
import { answerTo } from '../api/query';
import type { Answered } from '../api/route';
import { me } from '../api/routes';

type Me = Answered<typeof me>;
export type Role = Me['roles'][number];

/** Who is signed in. Everything inside the shell may rely on it being there. */
export function useMe(): Me {
  const { data } = useQuery(answerTo(me, {}));
  if (!data) throw new Error('Nobody is signed in.');
  return data;
}

export function useHasRole(...roles: readonly Role[]): boolean {
  return useMe().roles.some((role) => roles.includes(role));
}
