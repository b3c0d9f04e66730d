import { readFile } from 'node:fs/promises';
import { eventually } from '@eaf/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  gatewayOf,
  type Offer,
  offerTo,
  type Person,
  type Stack,
  signIn,
  startStack,
  stopStack,
  submit,
} from '../stack-under-test.js';
import { complaintsOf, enter, fresh, openBrowser, seen } from './browser-under-test.js';

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

interface Asked {
  readonly id: string;
  readonly name: string;
}

/** So many requests that wait for Ayşe; nothing else does, as every test decides on all of its own. */
async function waiting(count: number): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (let index = 0; index < count; index++) {
    const name = fresh(`q${index}`);
    asked.push(await submit(erika, offer, { name }));
  }
  const open = async () => (await ayse.get<{ items: { id: string }[] }>('/approvals?limit=200')).items;
  await eventually(async () => (await open()).length === count, { timeoutMs: 30_000, what: 'the queue being filled' });
  return asked;
}

const stateOf = async ({ id }: Asked) => (await erika.get<{ state: string }>(`/requests/${id}`)).state;
const decided = async (asked: Asked) => {
  await eventually(async () => (await stateOf(asked)) !== 'submitted', { timeoutMs: 30_000, what: 'a decision' });
  return stateOf(asked);
};
const row = (page: Page, { name }: Asked) =>
  page.getByRole('list', { name: 'Offene Anträge' }).getByRole('listitem').filter({ hasText: name });
const heading = (page: Page, { name }: Asked) => page.getByRole('heading', { level: 2, name });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);
const said = (page: Page) => page.locator('p[role=status]').textContent();

describe('an approval', () => {
  it('can be taken back before it is sent, and the next request is read meanwhile', async () => {
    const [first, second] = (await waiting(2)) as [Asked, Asked];
    const page = await enter(browser, stack, 'ayse', '/approvals');
    const complaints = complaintsOf(page);
    await page.getByLabel('Genehmigungen lassen sich rückgängig machen für').selectOption('60');
    await heading(page, first).waitFor(seen);
    await page.locator('body').press('a');
    await row(page, first).getByText('Wird genehmigt').waitFor();
    await heading(page, second).waitFor();
    expect(await focused(page)).toBe(second.name);
    expect(await said(page)).toBe(`${first.name} wird genehmigt. Rückgängig mit U. Nächster Antrag: ${second.name}.`);
    await page.keyboard.press('u');
    await heading(page, first).waitFor();
    expect(await focused(page)).toBe(first.name);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['submitted', 'submitted']);

    // With so long to undo it, what comes next is not the timer: it goes when the page is left.
    await page.keyboard.press('a');
    await row(page, first).getByText('Wird genehmigt').waitFor();
    await page.goto('about:blank');
    expect(await decided(first)).not.toBe('rejected');
    expect(await stateOf(second)).toBe('submitted');
    const { items } = await ayse.get<{ items: { id: string; verdict: string }[] }>('/approvals/decided');
    expect(items.map(({ id, verdict }) => [id, verdict])).toEqual([[first.id, 'approved']]);

    await page.goto(`${gatewayOf(stack)}/approvals?id=${second.id}`);
    await page.getByRole('button', { name: 'Genehmigen', exact: true }).click(seen);
    await page.getByRole('link', { name: 'Meine Entscheidungen' }).click(); // Leaving for another page of the portal does as well.
    await page.getByRole('link', { name: second.name }).waitFor(seen);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('goes by itself once the time to undo it is over', async () => {
    const [one] = (await waiting(1)) as [Asked];
    const page = await enter(browser, stack, 'ayse', '/approvals');
    await heading(page, one).waitFor(seen);
    await page.getByRole('button', { name: 'Genehmigen', exact: true }).click();
    await row(page, one).getByRole('button', { name: 'Rückgängig' }).waitFor();
    await page.getByText('Nichts offen.').waitFor(seen);
    await page.getByText('Zuletzt entschieden:').waitFor(seen);
    expect(await decided(one)).not.toBe('rejected');
  }, 60_000);

  it('of several at once is one press, and each row says what became of it', async () => {
    const [first, second, third] = (await waiting(3)) as [Asked, Asked, Asked];
    const page = await enter(browser, stack, 'ayse', '/approvals');
    await page.getByLabel('Genehmigungen lassen sich rückgängig machen für').selectOption('60');
    await heading(page, first).waitFor(seen);
    await page.keyboard.press('x');
    await page.getByRole('button', { name: '2 weitere dieser Stufe auswählen' }).click();
    await page.getByText('3 Anträge, 63,00 € im Monat').waitFor();
    await page.getByRole('button', { name: '3 genehmigen' }).click();
    await row(page, third).getByText('Wird genehmigt').waitFor();
    await erika.post(`/requests/${second.id}/cancel`, {});
    await page.getByRole('heading', { level: 1 }).waitFor();
    await eventually(async () => (await ayse.get<{ items: unknown[] }>('/approvals')).items.length === 2, {
      timeoutMs: 30_000,
      what: 'the withdrawn case leaving the queue',
    });
    // The tab is put aside by the phone and taken up again: what waited has been sent.
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide')));
    expect([await decided(first), await decided(third)]).not.toContain('rejected');
    await row(page, second).getByText('Nicht entschieden').waitFor(seen);
    await row(page, second).getByRole('button', { name: 'Gelesen' }).click();
    await page.getByText('Nichts offen.').waitFor(seen);
  }, 90_000);
});

describe('a rejection', () => {
  it('by keys alone carries the reason that was begun for me', async () => {
    const [one] = (await waiting(1)) as [Asked];
    const page = await enter(browser, stack, 'ayse', '/approvals');
    await heading(page, one).waitFor(seen);
    await page.keyboard.press('r');
    await page.getByRole('button', { name: 'Eine kleinere Größe reicht …' }).press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Führen Sie den Satz zu Ende.').waitFor();
    // Letters belong to the field: none of them approves, walks or undoes.
    await page.keyboard.type('jajaja, nehmen Sie axrukx S.');
    expect(await page.getByLabel('Warum nicht?').inputValue()).toBe(
      'Eine kleinere Größe reicht: jajaja, nehmen Sie axrukx S.',
    );
    expect(await page.getByText('Wird genehmigt').count()).toBe(0);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Nichts offen.').waitFor(seen);
    expect(await decided(one)).toBe('rejected');
    expect(await said(page)).toBe(`${one.name} ist abgelehnt. Sonst wartet nichts auf Sie.`);
  }, 60_000);

  it('of several takes one reason for all', async () => {
    const all = await waiting(2);
    const page = await enter(browser, stack, 'ayse', '/approvals');
    for (const one of all) await page.getByLabel(`${one.name} auswählen`).check(seen);
    await page.keyboard.press('r');
    await page.getByLabel('Warum nicht?').fill('Der Webshop zieht um.');
    await page.getByRole('button', { name: '2 ablehnen' }).click();
    expect(await Promise.all(all.map(decided))).toEqual(['rejected', 'rejected']);
    await page.getByText('Nichts offen.').waitFor(seen);
  }, 60_000);
});

describe('the queue', () => {
  it('leaves keys to where they belong: g then a goes to the requests and approves nothing', async () => {
    const [one] = (await waiting(1)) as [Asked];
    const page = await enter(browser, stack, 'ayse', '/approvals');
    await heading(page, one).waitFor(seen);
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.getByRole('heading', { level: 1, name: 'Anträge' }).waitFor(seen);
    expect(await stateOf(one)).toBe('submitted');
    await ayse.post(`/approvals/${one.id}/reject`, { reason: 'Nur ein Versuch.' });
  }, 60_000);

  it('says who decided meanwhile, and keeps what was written', async () => {
    const jonas = await signIn(stack, 'jonas');
    const { person } = await jonas.get<{ person: { id: string } }>('/me');
    await jonas.put(`/admin/members/${person.id}/roles`, { roles: ['tenant-admin', 'approver'] });
    const [one] = (await waiting(1)) as [Asked];
    const page = await enter(browser, stack, 'ayse', '/approvals');
    await heading(page, one).waitFor(seen);
    await page.getByRole('link', { name: new RegExp(one.name) }).click();
    await page.keyboard.press('r');
    await page.getByLabel('Warum nicht?').fill('Das wollte ich gerade ablehnen.');
    await eventually(
      async () =>
        (await jonas.get<{ items: { id: string; mayDecide: boolean }[] }>('/approvals')).items.some(
          ({ id, mayDecide }) => id === one.id && mayDecide,
        ),
      { timeoutMs: 30_000, what: 'Jonas being an approver' },
    );
    await jonas.post(`/approvals/${one.id}/approve`, {});
    await page.getByText(/Jonas Keller hat am .* genehmigt/).waitFor(seen);
    expect(await page.getByLabel('Warum nicht?').inputValue()).toBe('Das wollte ich gerade ablehnen.');
    expect(await page.getByRole('button', { name: 'Ablehnen' }).count()).toBe(0);
    await jonas.put(`/admin/members/${person.id}/roles`, { roles: ['tenant-admin'] });
  }, 60_000);

  it('decides together only what is in the same stage', async () => {
    const jonas = await signIn(stack, 'jonas');
    const [before] = (await waiting(1)) as [Asked];
    const { items } = await jonas.get<{ items: { id: string; version: number }[] }>('/admin/policies');
    const { id: _, version: __, ...rules } = items[0] ?? { id: '', version: 0 };
    await jonas.put('/admin/policies', rules);
    const after = await submit(erika, offer, { name: fresh('q9') });
    const page = await enter(browser, stack, 'ayse', '/approvals');
    await page.getByLabel(`${after.name} auswählen`).waitFor(seen);
    await page.getByLabel(`${before.name} auswählen`).check();
    await page.getByText('Gemeinsam entscheiden lassen sich nur Anträge in derselben Stufe.').waitFor();
    expect(await page.getByLabel(`${after.name} auswählen`).isDisabled()).toBe(true);
    for (const { id } of [before, after]) await ayse.post(`/approvals/${id}/reject`, { reason: 'Nur ein Versuch.' });
  }, 60_000);

  it('shows quota and history beside the case', async () => {
    const [one] = (await waiting(1)) as [Asked];
    const page = await enter(browser, stack, 'ayse', '/approvals');
    await heading(page, one).waitFor(seen);
    const { items } = await ayse.get<{
      items: { projectId: string | null; used: { vms: number }; reserved: { vms: number }; limits: { vms: number } }[];
    }>('/admin/quota');
    const quota = items.find(({ projectId }) => projectId === offer.projectId);
    const after = (quota?.used.vms ?? 0) + (quota?.reserved.vms ?? 0);
    await page
      .getByRole('cell', { name: `${after - 1} → ${after} von ${quota?.limits.vms}`, exact: true })
      .waitFor(seen);
    const { granted, automatic, rejected, open } = await ayse.get<Record<string, number>>(
      `/approvals/${one.id}/project`,
    );
    const sentence = `${granted} genehmigt (davon ${automatic} von der Richtlinie selbst), ${rejected} abgelehnt, ${open} offen.`;
    await page.getByText(sentence).waitFor(seen);
    await ayse.post(`/approvals/${one.id}/reject`, { reason: 'Nur ein Versuch.' });
  }, 60_000);

  it('gives back what I decided, also as a file for a German spreadsheet', async () => {
    const [one] = (await waiting(1)) as [Asked];
    await ayse.post(`/approvals/${one.id}/reject`, { reason: 'Nur ein Versuch.' });
    const page = await enter(browser, stack, 'ayse', '/approvals/decided');
    await page.getByRole('row').filter({ hasText: one.name }).getByText('Abgelehnt').first().waitFor(seen);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Als CSV' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.startsWith('\uFEFFName;')).toBe(true);
    expect(text.split('\r\n')[1]).toContain(`${one.name};Abgelehnt;Abgelehnt;Erika Brandt;Webshop;21;EUR;`);
  }, 60_000);
});
