import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contracts } from '../src/all.js';
import { detailWords, isRefusalCode, type RefusalEntry, refusals } from '../src/refusals.js';

const listed = contracts.operations.flatMap((operation) =>
  Object.entries(operation.refusals).map(([code, detail]) => ({ code, detail, by: operation.name })),
);

describe('the catalogue of refusals', () => {
  it('has words for every code that an operation lists', () => {
    expect(listed.filter(({ code }) => !isRefusalCode(code)).map(({ code, by }) => `${code} of ${by}`)).toEqual([]);
  });

  it('fills only placeholders that every such refusal carries', () => {
    const missing = listed.flatMap(({ code, detail, by }) =>
      placeholdersOf(refusals[code as keyof typeof refusals])
        .filter((name) => !(detail instanceof z.ZodObject && name in detail.shape))
        .map((name) => `{${name}} of ${code} in ${by}`),
    );
    expect(missing).toEqual([]);
  });

  it('has words for every value of states, outcomes, scopes and dimensions', () => {
    const missing = listed.flatMap(({ code, detail }) =>
      Object.entries(detail instanceof z.ZodObject ? (detail.shape as Record<string, z.ZodType>) : {}).flatMap(
        ([field, schema]) =>
          schema instanceof z.ZodEnum
            ? schema.options
                .filter((value) => !detailWords[field]?.[String(value)])
                .map((value) => `${code} ${field} ${value}`)
            : [],
      ),
    );
    expect(missing).toEqual([]);
  });
});

function placeholdersOf(entry: RefusalEntry): string[] {
  return [...`${entry.de.detail} ${entry.en.detail}`.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
