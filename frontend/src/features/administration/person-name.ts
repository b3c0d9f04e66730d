import { useLingui } from '@lingui/react/macro';

interface Person {
  readonly id: string;
  readonly name?: string | null | undefined;
}

/** How a person is called; somebody erased keeps a place in lists, not a name. */
export function useNameOf(): (person: Person | undefined) => string {
  const { t } = useLingui();
  return (person) => person?.name ?? t`Deleted person`;
}

export function byName<Member extends { readonly person: Person }>(members: readonly Member[]): Member[] {
  return [...members].sort((one, other) => (one.person.name ?? '').localeCompare(other.person.name ?? ''));
}
