import { eventually } from '@eaf/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  gatewayOf,
  mailApiOf,
  offerTo,
  type Person,
  type Stack,
  signIn,
  startStack,
  stopStack,
  submit,
} from '../stack-under-test.js';
import { contextFor, enter, fresh, giveLogin, openBrowser, seen } from './browser-under-test.js';

let stack: Stack;
let browser: Browser;
let erika: Person;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
  erika = await signIn(stack, 'erika');
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stopStack(stack);
});

/** What has the focus, as it is called: where it is nowhere, `body`, which a person with a keyboard alone cannot go on from. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return 'body';
    const label =
      at instanceof HTMLInputElement || at instanceof HTMLSelectElement || at instanceof HTMLTextAreaElement;
    return (
      at.getAttribute('aria-label') ?? (label ? at.labels?.[0]?.textContent : at.textContent)?.trim() ?? at.tagName
    );
  });
}

/** Goes on with Tab until what is looked for has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < 120; stop++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (name.test(at)) return;
    passed.push(at.slice(0, 30));
  }
  throw new Error(`Tab never came to ${name}. It came to: ${passed.join(' | ')}`);
}

async function press(page: Page, name: RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

const keepsFocus = (page: Page) => expect.poll(() => focused(page), { timeout: 10_000 }).not.toBe('body');

describe('with the keyboard alone', () => {
  it('a request is made, approved, and its machine powered off and decommissioned', async () => {
    const page = await enter(browser, stack, 'erika');
    const name = fresh('web');
    await page.keyboard.press('n');
    await page.getByRole('heading', { level: 1, name: 'VM beantragen' }).waitFor(seen);
    await page.getByLabel('Name', { exact: true }).waitFor(seen);
    await keepsFocus(page);
    await tabTo(page, /^Name/);
    await page.keyboard.type(name);
    await tabTo(page, /^Umgebung/);
    await page.keyboard.type('P'); // As a list of choices takes it.
    expect(await page.getByLabel('Umgebung').inputValue()).toBe('production');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { level: 1, name }).waitFor(seen);
    await expect.poll(() => focused(page)).toBe(name);

    const approver = await enter(browser, stack, 'ayse');
    await approver.keyboard.press('g');
    await approver.keyboard.press('g');
    await approver.getByRole('heading', { level: 2, name }).waitFor(seen);
    await keepsFocus(approver);
    await approver.keyboard.press('a');
    await approver.getByText('Wird genehmigt', { exact: true }).waitFor();
    await keepsFocus(approver);
    await approver.getByText('Nichts offen.').waitFor(seen);
    await keepsFocus(approver);

    await page.getByText('Bereit', { exact: true }).first().waitFor({ timeout: 60_000 });
    await press(page, /^So verbinden Sie sich/);
    await page
      .getByRole('heading', { name: 'Ein und aus' })
      .or(page.getByRole('button', { name: 'Ausschalten' }))
      .first()
      .waitFor(seen);
    await press(page, /^Ausschalten$/);
    expect(await focused(page)).toBe('Lassen');
    await press(page, new RegExp(`^${name} ausschalten$`));
    await page.getByText('Ausgeschaltet').waitFor(seen);
    await keepsFocus(page);
    await press(page, /^Außer Betrieb nehmen …$/);
    expect(await focused(page)).toBe(`Zum Fortfahren ${name} eingeben`);
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('Außer Betrieb nehmen …');
    await page.keyboard.press('Enter');
    await page.keyboard.type(name);
    await press(page, new RegExp(`^${name} außer Betrieb nehmen$`));
    await page.getByText('Außer Betrieb', { exact: true }).waitFor(seen);
    await keepsFocus(page);
  }, 240_000);

  it('a request is rejected with a reason', async () => {
    const { id, name } = await submit(erika, await offerTo(erika));
    const page = await enter(browser, stack, 'ayse', '/approvals');
    await page.getByRole('heading', { level: 2, name }).waitFor(seen);
    await page.keyboard.press('r');
    await expect.poll(() => focused(page)).toMatch(/^Warum nicht/);
    await page.keyboard.type('Bitte im nächsten Monat.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Nichts offen.').waitFor(seen);
    await keepsFocus(page);
    expect((await erika.get<{ state: string }>(`/requests/${id}`)).state).toBe('rejected');
  }, 90_000);

  it('a policy is changed', async () => {
    const page = await enter(browser, stack, 'jonas', '/administration/policies');
    await press(page, /^Standard$/);
    await page.getByText(/Version \d+ in Kraft/).waitFor(seen);
    const before = Number((await page.getByText(/Version \d+ in Kraft/).textContent())?.match(/Version (\d+)/)?.[1]);
    await press(page, /^Neue Version schreiben$/);
    await keepsFocus(page);
    await tabTo(page, /^Tage bis|^Tage, nach|Tage/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('21');
    await page.keyboard.press('Enter');
    await page.getByText(`Version ${before + 1} in Kraft`).waitFor(seen);
    await page.getByText('über den nach 21 Tagen niemand entschieden hat').waitFor(seen);
    await keepsFocus(page);
  }, 90_000);
});

describe('clicks', () => {
  /** Counts from the provider's page on, whatever page of the portal they fall on. */
  async function counting(page: Page): Promise<() => number> {
    let clicks = 0;
    await page.exposeFunction('countClick', () => void clicks++);
    await page.addInitScript(() =>
      document.addEventListener(
        'click',
        // The browser makes a click of Enter in a form and of a label for its field; only a pointer's count.
        ({ isTrusted, detail }) =>
          isTrusted && detail > 0 && (window as unknown as { countClick(): void }).countClick(),
        true,
      ),
    );
    return () => clicks;
  }

  it('from the sign-in to a submitted request are at most four', async () => {
    const page = await (await contextFor(browser)).newPage();
    const clicks = await counting(page);
    await page.goto(`${gatewayOf(stack)}/auth/login?returnTo=/`);
    await page.getByLabel('User name').waitFor();
    const began = Date.now();
    await giveLogin(page, stack, 'erika');
    await page.getByRole('link', { name: 'VM beantragen' }).first().click();
    const name = fresh('web');
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Antrag einreichen' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor(seen);
    console.log(`Sign-in to submitted request: ${clicks()} clicks, ${((Date.now() - began) / 1_000).toFixed(1)} s`);
    expect(clicks()).toBeGreaterThan(1);
    expect(clicks()).toBeLessThanOrEqual(4);
  }, 60_000);

  it('from the link in a mail to a decision are at most two', async () => {
    const { id, name } = await submit(erika, await offerTo(erika));
    const link = await eventually(
      async () => {
        const answer = await fetch(`${mailApiOf(stack)}/mails?to=${encodeURIComponent('ayse@nordwind.example')}`);
        return (await answer.text()).match(new RegExp(`http://[^\\s"<>\\\\]*${id}`))?.[0];
      },
      { timeoutMs: 30_000, what: 'the mail to the approver' },
    );
    const page = await enter(browser, stack, 'ayse');
    const clicks = await counting(page);
    const began = Date.now();
    await page.goto(link); // The first click is the one in the mail.
    await page.getByRole('heading', { level: 2, name }).waitFor(seen);
    await page.getByRole('button', { name: 'Genehmigen', exact: true }).click();
    await page.getByText('Wird genehmigt', { exact: true }).waitFor();
    console.log(`Mail to decision: ${1 + clicks()} clicks, ${((Date.now() - began) / 1_000).toFixed(1)} s`);
    expect(clicks()).toBe(1);
    await eventually(async () => (await erika.get<{ state: string }>(`/requests/${id}`)).state !== 'submitted', {
      timeoutMs: 30_000,
      what: 'the decision',
    });
  }, 90_000);
});
