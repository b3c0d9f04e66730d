import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayOf, type Stack, startStack, stopStack } from '../stack-under-test.js';
import { complaintsOf, contextFor, enter, fresh, openBrowser, seen } from './browser-under-test.js';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stopStack(stack);
});

/** Asks as a person does, and gives the request's page. */
async function ask(page: Page, name: string, justification = ''): Promise<void> {
  await page.getByRole('link', { name: 'VM beantragen' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  if (justification) await page.getByLabel('Begründung (optional)').fill(justification);
  await page.getByLabel('Umgebung').selectOption('production');
  await page.getByRole('button', { name: 'Antrag einreichen' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor(seen);
}

describe('a user', () => {
  it('asks with four clicks, knows before, and sees it become ready without reloading', async () => {
    const page = await enter(browser, stack, 'erika');
    const complaints = complaintsOf(page);
    const name = fresh('web');
    let clicks = 0;
    await page.exposeFunction('countClick', () => void clicks++);
    await page.evaluate(() =>
      document.addEventListener('click', () => void (window as unknown as { countClick(): void }).countClick(), true),
    );
    await page.getByRole('link', { name: 'VM beantragen' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Umgebung').selectOption('production');
    const means = page.getByRole('complementary');
    await means.getByText('21,00 € im Monat').waitFor(seen);
    await means.getByText('Ayşe Yılmaz').waitFor(seen);
    await means.getByText('Vorlage und Netz sind da.').waitFor(seen);
    await page.getByText('Frei', { exact: true }).waitFor(seen);
    await page.getByRole('button', { name: 'Antrag einreichen' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor(seen);
    expect(clicks).toBeLessThanOrEqual(4);

    const approver = await enter(browser, stack, 'ayse', '/approvals');
    await approver.getByRole('link', { name: new RegExp(name) }).click(seen);
    await approver.getByRole('button', { name: 'Genehmigen' }).click();
    await page.getByText('Bereit', { exact: true }).first().waitFor(seen);
    await page.getByRole('button', { name: 'Adresse kopieren' }).waitFor(seen);
    expect(await page.title()).toContain(`Bereit · ${name}`);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('withdraws what waits, after one question', async () => {
    const page = await enter(browser, stack, 'erika');
    const name = fresh('web');
    await ask(page, name);
    await page.getByRole('button', { name: 'Zurückziehen', exact: true }).first().click();
    await page.getByRole('button', { name: `${name} zurückziehen` }).click();
    await page.getByText('Zurückgezogen').first().waitFor(seen);
  }, 60_000);

  it('keeps what was typed when the session ends in the middle', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    const name = fresh('web');
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Antrag einreichen' }).click();
    await page.getByRole('alert').first().waitFor(seen);
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe(name);
  }, 60_000);

  it('is told at the field when a name is taken, and offered another', async () => {
    const page = await enter(browser, stack, 'erika');
    const name = fresh('web');
    await ask(page, name);
    await page.goto(`${gatewayOf(stack)}/requests/new`);
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByText('Vergeben.').waitFor(seen);
    await page.getByRole('button', { name: /übernehmen/ }).click();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).not.toBe(name);
  }, 60_000);

  it('switches a machine off and deletes it by typing its name', async () => {
    const page = await enter(browser, stack, 'erika');
    const name = fresh('web');
    await page.getByRole('link', { name: 'VM beantragen' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Umgebung').selectOption('development'); // Small enough for the policy to grant by itself.
    await page.getByRole('button', { name: 'Antrag einreichen' }).click();
    await page.getByRole('link', { name: 'So verbinden Sie sich' }).click(seen);
    for (const [deed, effect] of [
      ['Herunterfahren', 'wer darauf arbeitet, wird getrennt'],
      ['Neu starten', 'was es noch nicht geschrieben hat'],
    ] as const) {
      await page.getByRole('button', { name: deed, exact: true }).click(seen);
      await page.getByText(effect).waitFor();
      await page.getByRole('button', { name: 'Lassen' }).click();
    }
    expect(await page.getByText('Eingeschaltet').count()).toBe(1);
    await page.getByRole('button', { name: 'Ausschalten', exact: true }).click(seen);
    await page.getByRole('button', { name: `${name} ausschalten` }).click();
    await page.getByText('Ausgeschaltet').waitFor(seen);
    await page.getByRole('button', { name: 'Außer Betrieb nehmen …' }).click();
    await page.getByRole('textbox').fill('something-else');
    await page.getByRole('button', { name: `${name} außer Betrieb nehmen` }).click();
    await page.getByText('Das ist nicht der Name dieser Maschine.').waitFor(seen);
    await page.getByRole('textbox').fill(name);
    await page.getByRole('button', { name: `${name} außer Betrieb nehmen` }).click();
    await page.getByText('Außer Betrieb', { exact: true }).waitFor(seen);
    expect(await page.getByRole('heading', { name: 'Verbinden' }).count()).toBe(0);
  }, 120_000);
});

describe('an approver', () => {
  it('rejects with a reason, which the requester reads as text', async () => {
    const page = await enter(browser, stack, 'erika');
    const name = fresh('web');
    await ask(page, name, '<img src=x onerror=alert(1)> für den Webshop');
    const approver = await enter(browser, stack, 'ayse', '/approvals');
    const complaints = complaintsOf(approver);
    await approver.getByRole('link', { name: new RegExp(name) }).click(seen);
    await approver.getByText('<img src=x onerror=alert(1)> für den Webshop').waitFor(seen);
    await approver.getByRole('button', { name: 'Ablehnen' }).click();
    await approver.getByRole('button', { name: 'Ablehnen' }).click();
    await approver.getByText('Nennen Sie einen Grund mit mindestens drei Zeichen.').waitFor();
    await approver.getByLabel('Warum nicht?').fill('Bitte eine kleinere Größe <b>S</b>.');
    await approver.getByRole('button', { name: 'Ablehnen' }).click();
    await page.getByText('Bitte eine kleinere Größe <b>S</b>.').waitFor(seen);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('finds no button for her own request', async () => {
    const administrator = await enter(browser, stack, 'jonas');
    const name = fresh('web');
    await ask(administrator, name);
    const id = new URL(administrator.url()).pathname.split('/').at(-1);
    await administrator.goto(`${gatewayOf(stack)}/approvals`);
    await administrator.getByRole('list', { name: 'Offene Anträge' }).waitFor(seen);
    expect(await administrator.getByRole('link', { name: new RegExp(name) }).count()).toBe(0);
    await administrator.goto(`${gatewayOf(stack)}/approvals?id=${id}`);
    await administrator.getByText('Über den eigenen Antrag entscheidet jemand anderes.').waitFor(seen);
    expect(await administrator.getByRole('button', { name: 'Genehmigen' }).count()).toBe(0);
  }, 60_000);
});

describe('anybody', () => {
  it('is led to the sign-in and back to where she wanted to go', async () => {
    const page = await (await contextFor(browser)).newPage();
    await page.goto(`${gatewayOf(stack)}/machines`);
    await page.getByRole('link', { name: 'Anmelden' }).click(seen);
    await page.getByRole('button', { name: /^Erika Brandt/ }).click(seen);
    await page.getByRole('heading', { level: 1, name: 'Maschinen' }).waitFor(seen);
  }, 60_000);

  it('signs out for good, here and at the provider', async () => {
    const page = await enter(browser, stack, 'erika');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('abmelden');
    await page.getByRole('option', { name: 'Abmelden' }).click();
    await page.getByRole('link', { name: 'Anmelden' }).click(seen);
    await page.getByLabel('User name').waitFor(seen); // She is asked who she is.
  }, 60_000);

  it('changes the language, and what was chosen stays', async () => {
    const page = await enter(browser, stack, 'paul');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor(seen);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor(seen);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('button', { name: 'Deutsch' }).click();
  }, 60_000);

  it("finds another tenant's request as little as one that does not exist", async () => {
    const erika = await enter(browser, stack, 'erika');
    await ask(erika, fresh('web'));
    const path = new URL(erika.url()).pathname;
    const stranger = await enter(browser, stack, 'paul', path);
    await stranger.getByRole('heading', { level: 1, name: 'Nicht gefunden' }).waitFor(seen);
  }, 60_000);
});
