import { eventually } from '@eaf/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  decide,
  type Offer,
  offerTo,
  type Person,
  type Stack,
  signIn,
  startStack,
  stopStack,
  submit,
} from '../stack-under-test.js';
import { enter, openBrowser, seen } from './browser-under-test.js';

let stack: Stack;
let browser: Browser;
let erika: Person;
let ayse: Person;
let offer: Offer;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
  [erika, ayse] = await Promise.all([signIn(stack, 'erika'), signIn(stack, 'ayse')]);
  offer = await offerTo(erika);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stopStack(stack);
});

describe('the timeline of a request', () => {
  it('names the policy that granted by itself, and how long the making took', async () => {
    const { id } = await submit(erika, offer, { environment: 'development' }); // Small enough for the policy.
    const page = await enter(browser, stack, 'erika', `/requests/${id}`);
    const path = page.getByRole('list').filter({ hasText: 'Eingereicht' });
    await path.getByText('Richtlinie „Standard“, Version 1').waitFor(seen);
    const automatic = path.getByRole('listitem').filter({ hasText: 'Richtlinie' });
    expect(await automatic.textContent()).toContain('Automatisch genehmigt');
    const ready = path.getByRole('listitem').filter({ hasText: 'Bereit' }).filter({ hasText: 'nach' });
    await ready.waitFor(seen);
    const words = await path.getByRole('listitem').allTextContents();
    expect(words[0]).toContain('Eingereicht');
    expect(words.at(-1)).toContain('Bereit');

    const phone = await enter(browser, stack, 'erika', `/requests/${id}`, { width: 390, height: 800 });
    await phone.getByText('Richtlinie „Standard“, Version 1').waitFor(seen);
    const newestFirst = await phone
      .getByRole('list')
      .filter({ hasText: 'Eingereicht' })
      .getByRole('listitem')
      .allTextContents();
    expect(newestFirst[0]).toContain('Bereit');
    expect(newestFirst.at(-1)).toContain('Eingereicht');
  }, 120_000);

  it('says in words what it waits for, and how long a decision took', async () => {
    const { id } = await submit(erika, offer);
    process.kill(stack.vcsim.pid, 'SIGSTOP');
    try {
      await decide(ayse, id, 'approve');
      await eventually(
        async () => (await erika.get<{ waiting: { reason: string } | null }>(`/requests/${id}`)).waiting !== null,
        { timeoutMs: 90_000, what: 'the request waiting for vCenter' },
      );
      const page = await enter(browser, stack, 'erika', `/requests/${id}`, { language: 'en' });
      const path = page.getByRole('list').filter({ hasText: 'Submitted' });
      const waits = path.getByRole('listitem').filter({ hasText: 'Waiting' });
      await waits.getByText('vCenter is out of reach.').waitFor(seen);
      expect(await path.getByRole('listitem').filter({ hasText: 'Ayşe Yılmaz' }).textContent()).toMatch(
        /Approved.*Ayşe Yılmaz.*after/s,
      );
      process.kill(stack.vcsim.pid, 'SIGCONT');
      await page.getByText('Ready', { exact: true }).first().waitFor({ timeout: 90_000 });
    } finally {
      process.kill(stack.vcsim.pid, 'SIGCONT');
    }
  }, 240_000);
});
