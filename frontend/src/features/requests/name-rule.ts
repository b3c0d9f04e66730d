/** What keeps a name from being one, worst first; undefined for a name that could stand. */
export type NameFault =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'begin' | 'end' | 'short' | 'long' };

/** The rule of the contract, told apart by what a person would have to change. */
export function nameFault(name: string): NameFault | undefined {
  const character = /[^a-z0-9-]/u.exec(name)?.[0];
  if (character) return { kind: 'character', character };
  if (!/^[a-z]/.test(name)) return { kind: name ? 'begin' : 'short' };
  if (name.length < 3) return { kind: 'short' };
  if (name.length > 63) return { kind: 'long' };
  return name.endsWith('-') ? { kind: 'end' } : undefined;
}

/** Whether typing on could still cure it, so that it is said only once the field is left. */
export const isOnTheWay = ({ kind }: NameFault) => kind === 'short' || kind === 'end';

/** A name as it is meant: what people add by habit is taken away, and they are told. */
export function tidied(typed: string): { readonly name: string; readonly lowered: boolean; readonly trimmed: boolean } {
  const trimmed = typed.trim();
  const name = trimmed.toLowerCase();
  return { name, lowered: name !== trimmed, trimmed: trimmed !== typed };
}
