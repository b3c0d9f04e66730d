import type { networkOffered, templateOffered } from '@dvmm/contracts';
import type { FactOf } from '@eaf/messaging/contract';

export type CatalogueFact = FactOf<typeof templateOffered> | FactOf<typeof networkOffered>;

/** An offer is made once and stays; there is nothing to decide on what came before. */
export interface Offer {
  readonly made: boolean;
}
export const notOffered: Offer = { made: false };
