import type { Contracts } from '@eaf/messaging/contract';
import { type RefusalEntry, refusals } from '../refusals.js';

/** `docs/errors.md`: every code with its status, what it says to people, who answers it and what to check. */
export function errorsMd(contracts: Contracts): string {
  const answeredBy = (code: string) =>
    contracts.operations
      .filter((operation) => code in operation.refusals && operation.http)
      .map(({ name }) => `\`${name}\``);
  const section = ([code, entry]: [string, RefusalEntry]) => {
    const operations = answeredBy(code);
    return [
      `## ${code}`,
      `**${entry.status} ${entry.en.title}.** ${entry.en.detail}`,
      `*${entry.de.title}.* ${entry.de.detail}`,
      `Check: ${entry.check}`,
      ...(operations.length > 0 ? [`Answered by: ${operations.join(', ')}`] : []),
    ].join('\n\n');
  };
  return `${[
    '# Errors',
    'Every answer that is no success is an RFC 9457 problem document. Its `code` is one of these; its `type` opens a page with the same words. Words in braces stand for fields of the refusal. Generated from `contracts/src/refusals.ts`; do not edit.',
    ...Object.entries<RefusalEntry>(refusals)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(section),
  ].join('\n\n')}\n`;
}
