import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { eventSubject } from '@eaf/messaging/envelope';
import { expect, it } from 'vitest';
import { contracts } from '../src/all.js';

const parser = new Parser();
const text = readFileSync(new URL('../asyncapi.yaml', import.meta.url), 'utf8');
const slow = 60_000; // The parser takes two seconds, and many more on a busy machine.
const error = 0; // Severity 0 is an error, 2 the advice to use a newer AsyncAPI.

it('asyncapi.yaml is valid AsyncAPI 3.0 and names every event and operation', { timeout: slow }, async () => {
  const { document, diagnostics } = await parser.parse(text);
  expect(diagnostics.filter(({ severity }) => severity === error)).toEqual([]);
  expect(document?.version()).toBe('3.0.0');
  const addresses = document
    ?.channels()
    .all()
    .map((channel) => channel.address());
  expect(addresses).toEqual(
    expect.arrayContaining([
      ...contracts.events.map(({ type }) => eventSubject(contracts.prefix, '{tenant}', type)),
      ...contracts.operations.map(({ name }) => `dvmm.rpc.${name}`),
    ]),
  );
});

it('asyncapi.yaml would be found out if it pointed at nothing', { timeout: slow }, async () => {
  const broken = text.replace('#/components/schemas/CloudEvent', '#/components/schemas/Nothing');
  const { diagnostics } = await parser.parse(broken);
  expect(diagnostics.some(({ severity }) => severity === error)).toBe(true);
});
