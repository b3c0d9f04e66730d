import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayOf, offerTo, type Stack, signIn, startStack, stopStack, submit } from '../stack-under-test.js';
import { complaintsOf, enter, openBrowser } from './browser-under-test.js';

let stack: Stack;
let browser: Browser;
let places: { user: string; paths: string[] }[];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
  const { mainJob } = await import('../../src/job/main-job.js');
  const { request } = await mainJob(stack.settings);
  const erika = await signIn(stack, 'erika');
  const { id: waiting } = await submit(erika, await offerTo(erika));
  const { items: vms } = await erika.get<{ items: { id: string }[] }>('/vms');
  places = [
    {
      user: 'erika',
      paths: [
        '/',
        '/notifications', // While it is new: what is looked at below is read.
        '/requests',
        '/requests/new',
        `/requests/${request}`,
        `/requests/${waiting}`,
        '/machines',
        `/machines/${vms[0]?.id}`,
        '/settings',
        '/signed-in',
        '/nowhere',
      ],
    },
    { user: 'ayse', paths: ['/', '/approvals', `/approvals?id=${waiting}`, '/approvals/decided'] },
    {
      user: 'renate',
      paths: ['/', '/evidence/audit', '/evidence/decisions', '/evidence/reports', '/evidence/deliveries'],
    },
    {
      user: 'jonas',
      paths: [
        'projects',
        'people',
        'policies',
        'policies/new',
        'quotas',
        'sizes',
        'templates',
        'networks',
        'naming',
        'runs',
        'vcenter',
        'mail',
        'branding',
      ].map((page) => `/administration/${page}`),
    },
    { user: 'petra', paths: ['/platform/tenants'] },
  ];
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stopStack(stack);
});

const looks = [
  { language: 'de', theme: 'light' },
  { language: 'en', theme: 'dark' },
] as const;

describe.each(looks)('every page in $language, $theme', (look) => {
  it('keeps nobody out: axe finds nothing, and the browser does not complain', async () => {
    const findings: string[] = [];
    for (const { user, paths } of places) {
      const page = await enter(browser, stack, user, '/', look);
      const complaints = complaintsOf(page);
      for (const path of paths) {
        await page.goto(gatewayOf(stack) + path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached', timeout: 15_000 });
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze();
        findings.push(
          ...violations.map(
            ({ id, nodes }) => `${path}: ${id} at ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
          ),
        );
      }
      findings.push(...complaints);
      await page.context().close();
    }
    expect(findings).toEqual([]);
  }, 180_000);
});

describe.each([320, 390])('every page at %i px', (width) => {
  it('needs no sideways scrolling', async () => {
    const wide: string[] = [];
    for (const { user, paths } of places) {
      const page = await enter(browser, stack, user, '/', { width, height: 800 });
      for (const path of paths) {
        await page.goto(gatewayOf(stack) + path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached', timeout: 15_000 });
        if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) wide.push(path);
      }
      await page.context().close();
    }
    expect(wide).toEqual([]);
  }, 180_000);
});
