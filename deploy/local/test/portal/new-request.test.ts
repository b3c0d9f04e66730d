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
} from '../stack-under-test.js';
import { complaintsOf, enter, fresh, giveLogin, openBrowser, seen } from './browser-under-test.js';

let stack: Stack;
let browser: Browser;
let erika: Person;
let offer: Offer;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
  erika = await signIn(stack, 'erika');
  offer = await offerTo(erika);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stopStack(stack);
});

const name = (page: Page) => page.getByLabel('Name', { exact: true });
const submit = (page: Page) => page.getByRole('button', { name: 'Antrag einreichen' });
const draft = async () => (await erika.get<{ draft: { name: string } | null }>('/request-draft')).draft;
const askedFor = async (vm: string) => (await erika.get<{ items: unknown[] }>(`/requests?name=${vm}`)).items.length;

describe('a new request', () => {
  it('is kept by the server while it is typed, and opened again in another browser', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    const vm = fresh('web');
    await name(page).fill(vm, seen);
    await page.getByLabel('Laufzeit').selectOption('90');
    await page.getByLabel('Begründung (optional)').fill('Für Frau Meier aus der Buchhaltung');
    await page.getByText(/^Entwurf gespeichert \d\d:\d\d$/).waitFor(seen);
    expect(await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))).not.toContain(
      'Meier',
    );
    const elsewhere = await enter(browser, stack, 'erika', '/requests');
    const complaints = complaintsOf(elsewhere);
    await elsewhere
      .getByRole('row', { name: new RegExp(`${vm}.*Entwurf`) })
      .getByRole('link')
      .click(seen);
    await elsewhere.getByText(/^Ihr Entwurf vom .* ist wieder geöffnet\.$/).waitFor(seen);
    expect(await name(elsewhere).inputValue()).toBe(vm);
    expect(await elsewhere.getByLabel('Laufzeit').inputValue()).toBe('90');
    const why = elsewhere.getByLabel('Begründung (optional)');
    expect(await why.inputValue()).toBe('Für Frau Meier aus der Buchhaltung');

    await elsewhere.getByRole('button', { name: 'Entwurf verwerfen' }).click();
    expect([await name(elsewhere).inputValue(), await why.inputValue()]).toEqual(['', '']);
    await eventually(async () => (await draft()) === null, { what: 'the draft being discarded' });
    await elsewhere.goto(`${gatewayOf(stack)}/requests`);
    await elsewhere.getByRole('heading', { level: 1, name: 'Anträge' }).waitFor(seen);
    await elsewhere.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    expect(await elsewhere.getByText('Entwurf', { exact: true }).count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('that is left before it has rested is kept all the same, and gone once it is sent', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    const vm = fresh('web');
    await name(page).fill(vm, seen);
    await page.getByRole('link', { name: 'Maschinen' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Maschinen' }).waitFor();
    await eventually(async () => (await draft())?.name === vm, { what: 'the draft being kept' });
    await page.goBack();
    await page.getByText('ist wieder geöffnet').waitFor(seen);
    await page.getByLabel('Begründung (optional)').fill('Nun doch.');
    await submit(page).click();
    await page.getByRole('heading', { level: 1, name: vm }).waitFor(seen);
    await page.getByRole('link', { name: 'Start' }).first().click();
    await page.getByRole('link', { name: 'VM beantragen' }).first().click();
    await name(page).waitFor(seen);
    expect(await name(page).inputValue()).toBe('');
    await eventually(async () => (await draft()) === null, { what: 'the draft being gone' });
  }, 60_000);

  it('is sent by itself after a sign-in in a second window', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    const vm = fresh('web');
    await name(page).fill(vm, seen);
    await page.getByLabel('Umgebung').selectOption('production');
    await page.getByLabel('Begründung (optional)').fill('Bleibt auf dem Bildschirm.');
    await page.context().clearCookies();
    await submit(page).click();
    const [beside] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('alert').getByRole('button', { name: 'In neuem Fenster anmelden' }).click(seen),
    ]);
    await giveLogin(beside, stack, 'erika');
    await page.getByRole('heading', { level: 1, name: vm }).waitFor(seen);
    await page.getByText('Bleibt auf dem Bildschirm.').waitFor(seen);
    expect(await askedFor(vm)).toBe(1);
  }, 60_000);

  it('is not sent in the name of somebody else who signs in beside it', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    const vm = fresh('web');
    await name(page).fill(vm, seen);
    await page.context().clearCookies();
    await submit(page).click();
    const [beside] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('alert').getByRole('button', { name: 'In neuem Fenster anmelden' }).click(seen),
    ]);
    await giveLogin(beside, stack, 'jonas');
    await page.getByRole('heading', { level: 1, name: 'Start' }).waitFor(seen);
    expect(await askedFor(vm)).toBe(0);
    await page.getByRole('link', { name: 'VM beantragen' }).first().click();
    await name(page).waitFor(seen);
    expect(await name(page).inputValue()).toBe('');
    const jonas = await signIn(stack, 'jonas');
    expect(await jonas.get('/request-draft')).toEqual({ draft: null });
  }, 60_000);

  it('has its faults on top when it is refused, each leading to its field', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    const complaints = complaintsOf(page);
    await name(page).waitFor(seen);
    await submit(page).click();
    const summary = page.getByRole('alert').filter({ hasText: 'Bitte prüfen Sie' });
    await summary.waitFor();
    expect(await summary.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await page.title()).toMatch(/^Fehler: /);
    await summary.getByRole('link').press('Enter');
    expect(await name(page).evaluate((field) => field === document.activeElement)).toBe(true);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('says what is wrong with a name while it is typed, and what it made of it', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    const described = () => name(page).evaluate((field) => field.getAttribute('aria-invalid'));
    await name(page).fill('web_01', seen);
    await page.getByText('„_“ ist in einem Namen nicht erlaubt').waitFor(seen);
    await name(page).fill('1web');
    await page.getByText('Ein Name beginnt mit einem Buchstaben.').waitFor(seen);
    await name(page).fill('a');
    expect(await described()).toBe('false'); // Whoever types on cures it.
    await page.getByText('Ein Name hat mindestens 3 Zeichen.').waitFor(seen);
    const vm = fresh('web');
    await name(page).fill(` ${vm} `);
    expect(await name(page).inputValue()).toBe(vm);
    await page.getByText('Leerzeichen wurden weggelassen.').first().waitFor(seen);
    await page.getByText('Frei', { exact: true }).waitFor(seen);
    await name(page).fill(vm.toUpperCase());
    expect(await name(page).inputValue()).toBe(vm);
    await page.getByText('Großbuchstaben wurden zu Kleinbuchstaben.').first().waitFor(seen);
  }, 60_000);

  it('names the field and the form of a key that is none', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    const key = page.getByLabel('Öffentlicher SSH-Schlüssel (optional)');
    await name(page).fill(fresh('web'), seen);
    await key.fill('kein Schlüssel');
    await submit(page).click();
    const summary = page.getByRole('alert').filter({ hasText: 'Bitte prüfen Sie' });
    await summary
      .getByRole('link', {
        name: /^Öffentlicher SSH-Schlüssel: Geben Sie den Schlüssel als eine Zeile einer \.pub-Datei ein/,
      })
      .press('Enter', seen);
    expect(await key.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Entwurf verwerfen' }).click(seen);
    await eventually(async () => (await draft()) === null, { what: 'the draft being discarded' });
  }, 60_000);

  it('shows what a size lacks, and the server says the same when it is asked for anyway', async () => {
    const jonas = await signIn(stack, 'jonas');
    const { items } = await jonas.get<{
      items: { projectId: string | null; used: Amounts; reserved: Amounts; limits: Amounts }[];
    }>('/admin/quota');
    const quota = items.find(({ projectId }) => projectId === offer.projectId);
    if (!quota) throw new Error('The project has no quota.');
    const vcpus = quota.used.vcpus + quota.reserved.vcpus + 1; // One less than the smallest size needs.
    await jonas.put(`/admin/projects/${offer.projectId}/quota`, { limits: { ...quota.limits, vcpus } });
    const page = await enter(browser, stack, 'erika', '/requests/new');
    await page.getByText('Passt nicht, im Projekt fehlt: 1 vCPU.').waitFor(seen);
    await page.getByText('Passt nicht, im Projekt fehlt: 3 vCPU.').waitFor(seen);
    await name(page).fill(fresh('web'));
    await submit(page).click();
    const summary = page.getByRole('alert').filter({ hasText: 'Bitte prüfen Sie' });
    await summary.getByRole('link', { name: /Kontingent|fehlen/ }).press('Enter', seen);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('size');
    await jonas.put(`/admin/projects/${offer.projectId}/quota`, { limits: quota.limits });
  }, 60_000);

  it('says what it would mean once the entries have rested', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    await page.getByLabel('Umgebung').selectOption('production', seen);
    await page.getByRole('radio', { name: /^M/ }).check();
    const said = page.locator('p[role=status]').filter({ hasText: '42,00 € im Monat, 1 Genehmigung' });
    await said.waitFor({ ...seen, state: 'attached' });
    await page.getByRole('radio', { name: /^S/ }).check();
    await page.getByLabel('Umgebung').selectOption('development');
    await page
      .locator('p[role=status]')
      .filter({ hasText: '21,00 € im Monat, keine Genehmigung nötig' })
      .waitFor({ ...seen, state: 'attached' });
  }, 60_000);

  // Last: it changes how every name begins.
  it('begins its name as the tenant administrator says', async () => {
    const rules = await enter(browser, stack, 'jonas', '/administration/naming');
    await rules.getByLabel('Namen beginnen mit (optional)').fill('9x', seen);
    await rules.getByRole('button', { name: 'Namensregel speichern' }).click();
    await rules.getByRole('alert').getByText('Beginnen Sie mit einem Buchstaben').first().waitFor(seen);
    await rules.getByLabel('Namen beginnen mit (optional)').fill('NW-');
    await rules.getByText('Beispiel: nw-web-01').waitFor();
    await rules.getByRole('button', { name: 'Namensregel speichern' }).click();
    const said = rules.locator('p[role=status]').filter({ hasText: 'Die Namensregel ist gespeichert.' });
    await said.waitFor({ ...seen, state: 'attached' });

    const page = await enter(browser, stack, 'erika', '/requests/new');
    const vm = fresh('web');
    await name(page).fill(vm, seen);
    await page.getByText(`Frei: nw-${vm}`).waitFor(seen);
    await name(page).fill(`nw-${vm}`); // Pasted whole, it is meant once.
    expect(await name(page).inputValue()).toBe(vm);
    await submit(page).click();
    await page.getByRole('heading', { level: 1, name: `nw-${vm}` }).waitFor(seen);
    expect(await askedFor(`nw-${vm}`)).toBe(1);
  }, 60_000);
});

interface Amounts {
  readonly vms: number;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly diskGiB: number;
}
