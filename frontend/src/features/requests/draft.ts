import type { Asked } from '../../api/route';
import type { submitRequest } from '../../api/routes';

export type Wish = Asked<typeof submitRequest>;
/** What may lie in the browser for a while: nothing that a person wrote about herself or others, and no key. */
export type DraftWish = Omit<Wish, 'justification' | 'sshPublicKey'>;

export interface Draft {
  readonly wish: DraftWish;
  readonly keptAt: string;
}

const place = 'request-draft';

/** The draft of this tab; it ends with the tab or the sign-out, and another person's is not shown. */
export function readDraft(personId: string): Draft | undefined {
  const text = sessionStorage.getItem(place);
  const kept = text ? (JSON.parse(text) as Draft & { person: string }) : undefined;
  return kept?.person === personId ? kept : undefined;
}

export function keepDraft(personId: string, wish: Wish): string {
  const { justification: _, sshPublicKey: __, ...rest } = wish;
  const keptAt = new Date().toISOString();
  sessionStorage.setItem(place, JSON.stringify({ person: personId, wish: rest, keptAt }));
  return keptAt;
}

export function dropDraft(): void {
  sessionStorage.removeItem(place);
}
