import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { count, diskSize, gigabytes } from './format';

/** What a quota limits, in the order in which it is shown, and how an amount of it reads. */
export const quotaDimensions = {
  vms: { word: msg`VMs`, show: count },
  vcpus: { word: msg`vCPU`, show: count },
  memoryMiB: { word: msg`Memory`, show: gigabytes },
  diskGiB: { word: msg`Disk`, show: diskSize },
} as const satisfies Record<string, { word: MessageDescriptor; show: (amount: number) => string }>;

export type QuotaDimension = keyof typeof quotaDimensions;
export const quotaOrder = Object.keys(quotaDimensions) as QuotaDimension[];

/** So much is taken that it is time to say so. */
export const isTight = (taken: number, limit: number): boolean => taken >= limit * 0.8;

/** `4 vCPU`, `8 GB Speicher`. */
export function amountOf(dimension: QuotaDimension, amount: number, say: (word: MessageDescriptor) => string): string {
  const { word, show } = quotaDimensions[dimension];
  return `${show(amount)}\u00a0${dimension === 'vms' && amount === 1 ? 'VM' : say(word)}`;
}
