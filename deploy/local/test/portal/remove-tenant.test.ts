import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayOf, type Stack, startStack, stopStack } from '../stack-under-test.js';
import { barriersOf, complaintsOf, contextFor, enter, giveLogin, openBrowser, seen } from './browser-under-test.js';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
  const { mainJob } = await import('../../src/job/main-job.js');
  await mainJob(stack.settings);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stopStack(stack);
});

const page = '/platform/tenants';

describe('the platform administration removes a tenant', () => {
  it('after reading what goes and what stays, and typing the name; the certificate comes by itself', async () => {
    const petra = await enter(browser, stack, 'petra', page);
    const complaints = complaintsOf(petra);
    const open = petra.getByRole('button', { name: 'Löschen … Nordwind Logistik GmbH' });
    await open.waitFor(seen);
    expect(await barriersOf(petra)).toEqual([]);
    await open.click();
    const dialog = petra.getByRole('dialog', { name: 'Mandanten Nordwind Logistik GmbH löschen?' });
    await dialog.getByText('in vCenter: 1 VM, die DVMM dann nicht mehr kennt').waitFor(seen);
    await dialog.getByText('8 Personen mit Anmeldung und Rollen, 1 Projekt').waitFor();
    await expect.poll(() => petra.evaluate(() => document.activeElement?.textContent)).toBe('Behalten');
    expect(await barriersOf(petra)).toEqual([]);

    await dialog.getByRole('button', { name: 'Weiter zum Namen' }).click();
    const field = dialog.getByLabel('Zum Fortfahren Nordwind Logistik GmbH eingeben');
    await field.fill('Nordwind');
    const deed = dialog.getByRole('button', { name: 'Nordwind Logistik GmbH endgültig löschen' });
    await deed.click();
    await dialog.getByText('Das ist nicht der Name dieses Mandanten.').waitFor();
    expect(await barriersOf(petra)).toEqual([]);
    await field.fill('Nordwind Logistik GmbH');
    await deed.click();
    await dialog.waitFor({ state: 'detached', ...seen });

    const removed = petra.getByRole('region', { name: 'Gelöschte Mandanten' }).getByRole('listitem');
    await removed.getByText(/^Bescheinigung: [\d.]+ Zeilen gelöscht$/).click(seen);
    await removed.getByRole('row', { name: /^tenant\.audit_entry \d+$/ }).waitFor();
    expect(await removed.textContent()).toMatch(
      /Petra Lindner.*In vCenter verbliebene VMs1Letzter Audit-EintragNr\. \d+, [0-9a-f]{64}/,
    );
    await petra
      .getByRole('status')
      .getByText('Nordwind Logistik GmbH ist gelöscht. Die Bescheinigung steht hier.')
      .waitFor();
    expect(await petra.getByRole('rowheader', { name: 'Nordwind Logistik GmbH' }).count()).toBe(0);
    expect(await barriersOf(petra)).toEqual([]);
    expect(complaints).toEqual([]);

    const erika = await (await contextFor(browser)).newPage();
    await erika.goto(`${gatewayOf(stack)}/auth/login`);
    await giveLogin(erika, stack, 'erika');
    await erika.getByText('Sie sind angemeldet, gehören aber zu keinem Mandanten.').waitFor(seen);
  }, 120_000);

  it('by keys alone, on a phone, in English, and may think better of it', async () => {
    const petra = await enter(browser, stack, 'petra', page, {
      language: 'en',
      theme: 'dark',
      width: 390,
      height: 844,
    });
    const open = petra.getByRole('button', { name: 'Remove … Südstern Hosting AG' });
    await open.focus();
    await petra.keyboard.press('Enter');
    const dialog = petra.getByRole('dialog', { name: 'Remove the tenant Südstern Hosting AG?' });
    await dialog.getByText('in vCenter: no VM of this tenant').waitFor(seen);
    expect(await barriersOf(petra)).toEqual([]);
    expect(await petra.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await petra.keyboard.press('Enter'); // The way out has the focus.
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => open.evaluate((button) => button === document.activeElement)).toBe(true);
    await petra.getByText(/^Certificate: /).click();
  }, 60_000);
});
