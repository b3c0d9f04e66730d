import { randomBytes } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { findBrowser } from '@eaf/testing';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { gatewayOf, loginOf, type Stack } from '../stack-under-test.js';

export interface Look {
  readonly language?: 'de' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** How long a page may take to show what it has to ask for. */
export const seen = { timeout: 30_000 };

/** A name that nothing had before. */
export const fresh = (word: string) => `${word}-${randomBytes(3).toString('hex')}`;

/** The system's Chromium. It runs without its sandbox, since CI is root, and only ever loads this portal. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
}

/** A person at the portal, signed in by the provider's own page. Whatever the page's console calls an error fails the test. */
export async function enter(browser: Browser, stack: Stack, user: string, path = '/', look: Look = {}): Promise<Page> {
  const page = await (await contextFor(browser, look)).newPage();
  await page.goto(`${gatewayOf(stack)}/auth/login?returnTo=${encodeURIComponent(path)}`);
  await giveLogin(page, stack, user);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** On the provider's own page. */
export async function giveLogin(page: Page, stack: Stack, user: string): Promise<void> {
  const { user: name, password } = loginOf(stack, user);
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export function contextFor(browser: Browser, look: Look = {}): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: look.width ?? 1440, height: look.height ?? 900 },
    locale: look.language === 'en' ? 'en-GB' : 'de-DE',
    colorScheme: look.theme ?? 'light',
    reducedMotion: 'reduce',
  });
}

/** What the browser itself complains about: faults of scripts, and what the CSP refused. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  return complaints;
}

/** What axe finds on the page as it stands: each rule that is broken, and where. */
export async function barriersOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
