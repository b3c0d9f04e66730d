import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayOf, offerTo, type Stack, signIn, startStack, stopStack, submit } from '../stack-under-test.js';
import { barriersOf, complaintsOf, enter, openBrowser, seen } from './browser-under-test.js';

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

const logo = fileURLToPath(new URL('./logo.png', import.meta.url));

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

describe('the branding of a tenant', () => {
  const primary = (page: Page) =>
    page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--primary').trim());

  it('is shown before it is saved, says why it was changed, and then holds for everybody', async () => {
    const own = await primary(await enter(browser, stack, 'erika'));
    const page = await enter(browser, stack, 'jonas', '/administration/branding');
    const complaints = complaintsOf(page);
    await page.getByLabel('Farbe (optional)').fill('#ffcc00');
    await page.getByRole('region', { name: 'Hell' }).getByText('#846801').waitFor(seen);
    await page
      .getByRole('region', { name: 'Hell' })
      .getByText(/^Abgedunkelt/)
      .waitFor(seen);
    await page.getByRole('region', { name: 'Dunkel' }).getByText('#f1cf71').waitFor(seen);
    expect(await primary(page)).toBe(own);
    await page.getByLabel('Logo (optional)').setInputFiles(logo);
    await page.getByRole('img', { name: 'Logo von Nordwind Logistik GmbH' }).waitFor(seen);
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Erscheinungsbild gespeichert.').waitFor(seen);
    await expect.poll(() => primary(page), seen).toBe('#846801');

    for (const [theme, shown] of [
      ['light', '#846801'],
      ['dark', '#f1cf71'],
    ] as const) {
      const other = await enter(browser, stack, 'erika', '/', { theme, language: 'en' });
      complaintsOf(other).forEach((complaint) => complaints.push(complaint));
      expect(await primary(other)).toBe(shown);
      const mark = other.getByRole('banner').locator('img');
      await expect.poll(() => mark.evaluate((image: HTMLImageElement) => image.naturalWidth), seen).toBe(112);
      expect(await mark.boundingBox()).toMatchObject({ width: 112, height: 28 });
      expect(await barriersOf(other)).toEqual([]);
    }
    const elsewhere = await enter(browser, stack, 'paul');
    expect(await primary(elsewhere)).toBe(own);

    const auditor = await enter(browser, stack, 'renate', '/evidence/audit');
    await auditor.getByRole('row', { name: /Erscheinungsbild geändert/ }).waitFor(seen);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('refuses what is no logo, and can be taken away again', async () => {
    const page = await enter(browser, stack, 'jonas', '/administration/branding');
    const upload = page.getByLabel('Logo (optional)');
    await upload.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
    await page.getByText('Wählen Sie ein PNG mit höchstens 100 kB.').waitFor(seen);
    await upload.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<script>1</script>') });
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page
      .getByText(/^Das ist kein unbewegtes PNG/)
      .first()
      .waitFor(seen);
    await page.getByRole('button', { name: 'Logo entfernen' }).click();
    await page.getByLabel('Farbe (optional)').fill('');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('Erscheinungsbild gespeichert.').waitFor(seen);
    await page.locator('header img[src="/mark.svg"]').waitFor(seen);
    await page.locator('link[href*="branding.css"]').waitFor({ ...seen, state: 'detached' });
    expect(await primary(page)).not.toMatch(/^#/);
  }, 60_000);
});

describe('the first steps', () => {
  it('show until they are put away, in no other browser again, and come back when asked for', async () => {
    const page = await enter(browser, stack, 'renate');
    const complaints = complaintsOf(page);
    const steps = page.getByRole('region', { name: 'Erste Schritte' });
    expect(await steps.getByRole('listitem').count()).toBe(3);
    await steps.getByRole('link', { name: 'Entscheidungen prüfen' }).waitFor(seen);
    await steps.getByRole('button', { name: 'Ausblenden' }).click();
    await steps.waitFor({ ...seen, state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');

    const other = await enter(browser, stack, 'renate', '/', { language: 'en', theme: 'dark' });
    await other.getByRole('link', { name: 'See all' }).first().waitFor(seen);
    const again = other.getByRole('region', { name: 'First steps' });
    expect(await again.count()).toBe(0);
    await other.goto(`${gatewayOf(stack)}/settings`);
    await other.getByRole('button', { name: /^Account/ }).click();
    await other.getByRole('button', { name: 'First steps' }).click();
    await again.getByRole('link', { name: 'Check decisions' }).waitFor(seen);
    await other.getByRole('heading', { level: 1, name: 'Home' }).waitFor(seen);
    expect(complaints).toEqual([]);
  }, 120_000);

  it.each([
    ['erika', 'Antrag verfolgen'],
    ['ayse', 'Entscheiden'],
    ['jonas', 'vCenter verbinden'],
    ['petra', 'Einen Mandanten anlegen'],
  ])(
    'are those of what %s does',
    async (user, hint) => {
      const page = await enter(browser, stack, user);
      const steps = page.getByRole('region', { name: 'Erste Schritte' });
      await steps.getByRole('link', { name: hint, exact: true }).waitFor(seen);
      expect(await steps.getByRole('listitem').count()).toBe(3);
    },
    60_000,
  );
});
