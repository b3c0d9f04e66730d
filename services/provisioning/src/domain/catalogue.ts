import type { networkOffered, templateOffered } from '@dvmm/contracts';
import type { FactOf } from '@eaf/messaging/contract';

export type CatalogueFact = FactOf<typeof templateOffered> | FactOf<typeof networkOffered>;
