import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Offer,
  offerTo,
  type Person,
  type Stack,
  signIn,
  startStack,
  stopStack,
  submit,
} from '../stack-under-test.js';
import { complaintsOf, enter, openBrowser, seen } from './browser-under-test.js';

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

const bell = (page: Page, name: string) => page.getByRole('banner').getByRole('link', { name, exact: true });
const readAll = (page: Page) => page.getByRole('button', { name: 'Alle als gelesen markieren' }).first();

describe('the inbox', () => {
  it('counts by itself what happens without me, and is read once its place is opened', async () => {
    const page = await enter(browser, stack, 'erika');
    const complaints = complaintsOf(page);
    await bell(page, 'Mitteilungen').waitFor(seen);
    const { id, name } = await submit(erika, offer);
    const ayse = await enter(browser, stack, 'ayse', `/approvals?id=${id}`);
    await ayse.getByRole('heading', { level: 2, name }).waitFor(seen);
    await bell(ayse, 'Mitteilungen').waitFor(seen); // She came by another way, and has seen it all the same.
    await ayse.getByRole('button', { name: 'Ablehnen' }).click();
    await ayse.getByLabel('Warum nicht?').fill('Bitte nehmen Sie eine kleinere Größe.');
    await ayse.keyboard.press('Control+Enter');
    await ayse.getByText('Nichts offen.').waitFor(seen);
    await ayse.context().close(); // Else she would see what comes next, too.

    await bell(page, '1 neue Mitteilung').waitFor(seen);
    expect(await page.title()).toBe('(1) Start · DVMM');
    await bell(page, '1 neue Mitteilung').click();
    await page.getByRole('heading', { level: 2, name }).waitFor(seen);
    expect(await page.title()).toBe('(1) Mitteilungen · DVMM');
    await page.getByRole('link', { name: `Ayşe Yılmaz hat ${name} abgelehnt.` }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor(seen);
    await bell(page, 'Mitteilungen').click(seen);
    await page.getByRole('link', { name: `Ayşe Yılmaz hat ${name} abgelehnt.` }).waitFor(seen);
    expect(await readAll(page).count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('is read all at once, on every page of mine', async () => {
    const [page, beside] = [
      await enter(browser, stack, 'ayse', '/notifications', { width: 390, height: 844, theme: 'dark' }),
      await enter(browser, stack, 'ayse', '/machines'),
    ];
    const asked = [await submit(erika, offer), await submit(erika, offer)];
    await bell(beside, '2 neue Mitteilungen').waitFor(seen);
    for (const { name } of asked)
      await page
        .getByRole('link', { name: `Neu Erika Brandt beantragt ${name}. Sie dürfen entscheiden.` })
        .waitFor(seen);
    await readAll(page).click();
    await bell(page, 'Mitteilungen').waitFor(seen);
    await bell(beside, 'Mitteilungen').waitFor(seen);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  }, 120_000);
});
