import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayOf, offerTo, type Stack, signIn, startStack, stopStack, submit } from '../stack-under-test.js';
import { complaintsOf, enter, openBrowser } from './browser-under-test.js';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
  const erika = await signIn(stack, 'erika');
  await submit(erika, await offerTo(erika));
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stopStack(stack);
});

const seen = { timeout: 30_000 };

/** As the tooltip of the first time on the page tells it, zone included. */
async function firstTime(page: Page): Promise<string | null> {
  const time = page.locator('time').first();
  await time.waitFor(seen);
  return time.getAttribute('title');
}

async function command(page: Page, typed: string, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Suchen oder springen' }).fill(typed);
  await page.getByRole('option', { name, exact: true }).click();
}

describe('the settings of a person', () => {
  it('tell all times in the zone that was chosen, in every browser', async () => {
    const page = await enter(browser, stack, 'erika');
    const complaints = complaintsOf(page);
    await page.getByRole('button', { name: /^Konto/ }).click();
    await page.getByRole('link', { name: 'Einstellungen' }).click();
    await page.getByLabel('Zeitzone').selectOption('Asia/Tokyo');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Einstellungen gespeichert.').waitFor(seen);
    await page.getByRole('link', { name: 'Anträge' }).first().click();
    expect(await firstTime(page)).toContain('GMT+9');
    const elsewhere = await enter(browser, stack, 'erika', '/requests', { language: 'en' });
    expect(await firstTime(elsewhere)).toContain('GMT+9');
    expect(complaints).toEqual([]);
  }, 120_000);

  it('speak English as soon as it is chosen', async () => {
    const page = await enter(browser, stack, 'ayse', '/settings');
    await page.getByLabel('Sprache').selectOption('English');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor(seen);
    await page.getByLabel('An approval can be undone for').selectOption('20');
    await page.goto(`${gatewayOf(stack)}/approvals`);
    await expect(page.getByLabel('An approval can be undone for').inputValue()).resolves.toBe('20');
  }, 60_000);
});

describe('the settings of a device', () => {
  const theme = (page: Page) => page.locator('html').getAttribute('data-theme');

  it('change its look at once, and keep it', async () => {
    const page = await enter(browser, stack, 'erika', '/settings');
    await page.getByLabel('Darstellung', { exact: true }).selectOption('Dunkel');
    expect(await theme(page)).toBe('dark');
    await page.reload();
    expect(await theme(page)).toBe('dark');
    await page.getByLabel('Darstellung', { exact: true }).selectOption('Wie das System');
    expect(await theme(page)).toBe('light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-theme=dark]').waitFor(seen);
  }, 60_000);

  it('make rows dense or comfortable, by the palette too', async () => {
    const page = await enter(browser, stack, 'erika', '/requests');
    const row = page.locator('tbody tr').first();
    await row.waitFor(seen);
    const height = async () => (await row.boundingBox())?.height ?? 0;
    await command(page, 'rows', 'Bequeme Zeilen');
    expect(Math.round(await height())).toBe(44);
    await command(page, 'dicht', 'Dichte Zeilen');
    expect(Math.round(await height())).toBe(32);
    await page.reload();
    await row.waitFor(seen);
    expect(Math.round(await height())).toBe(32);
  }, 60_000);

  it('switch keys of one letter off', async () => {
    const page = await enter(browser, stack, 'erika', '/settings');
    const keys = page.getByLabel('Tasten aus einem Buchstaben benutzen');
    await keys.uncheck();
    await page.keyboard.press('n');
    await page.keyboard.press('?');
    expect(new URL(page.url()).pathname).toBe('/settings');
    await keys.check();
    await page.keyboard.press('n');
    await page.waitForURL(/\/requests\/new$/, seen);
  }, 60_000);
});
