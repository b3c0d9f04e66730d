import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayOf, offerTo, type Stack, signIn, startStack, stopStack, submit } from '../stack-under-test.js';
import { barriersOf, complaintsOf, enter, openBrowser } from './browser-under-test.js';

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
  const jonas = await signIn(stack, 'jonas');
  const { items: projects } = await jonas.get<{ items: { id: string }[] }>('/projects');
  const { items: policies } = await jonas.get<{ items: { id: string }[] }>('/admin/policies');
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
        `projects/${projects[0]?.id}`,
        'people',
        'policies',
        `policies/${policies[0]?.id}`,
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

async function open(page: Page, path: string): Promise<void> {
  await page.goto(gatewayOf(stack) + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached', timeout: 15_000 });
}

const looks = [
  { language: 'de', theme: 'light' },
  { language: 'de', theme: 'dark' },
  { language: 'en', theme: 'light' },
  { language: 'en', theme: 'dark' },
] as const;

describe.each(looks)('every page in $language, $theme', (look) => {
  it('keeps nobody out: axe finds nothing, and the browser does not complain', async () => {
    const findings: string[] = [];
    for (const { user, paths } of places) {
      const page = await enter(browser, stack, user, '/', look);
      const complaints = complaintsOf(page);
      for (const path of paths) {
        await open(page, path);
        findings.push(...(await barriersOf(page)).map((barrier) => `${path}: ${barrier}`));
      }
      findings.push(...complaints);
      await page.context().close();
    }
    expect(findings).toEqual([]);
  }, 180_000);
});

/** Two phones, and a window of 1440 px at 200 % zoom. */
const widths = [390, 320, 720];

describe.each(['de', 'en'] as const)('every page in %s on a narrow screen', (language) => {
  it('needs no sideways scrolling', async () => {
    const wide: string[] = [];
    for (const { user, paths } of places) {
      const page = await enter(browser, stack, user, '/', { language, width: 390, height: 800 });
      for (const path of paths) {
        await open(page, path);
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 });
          const is = await page.evaluate(async () => {
            await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
            return document.documentElement.scrollWidth;
          });
          if (is > width) wide.push(`${path} at ${width} px is ${is} px wide`);
        }
      }
      await page.context().close();
    }
    expect(wide).toEqual([]);
  }, 180_000);
});

describe.each([
  { width: 390, height: 800 },
  { width: 720, height: 450 },
])('the focus at $width × $height', (size) => {
  it('is drawn at every stop, and no bar lies over it', async () => {
    const findings: string[] = [];
    for (const { user, paths } of places) {
      const page = await enter(browser, stack, user, '/', size);
      for (const path of paths) {
        await open(page, path);
        const stops = new Set<number>();
        // The focus begins at the heading, goes through the window's own parts at the end, and is back at the heading.
        for (let stop = await tab(page); !stop || !stops.has(stop.place); stop = await tab(page)) {
          if (!stop) continue;
          stops.add(stop.place);
          if (!stop.drawn) findings.push(`${path}: no outline at ${stop.what}`);
          if (stop.over) findings.push(`${path}: ${stop.over} lies over ${stop.what}`);
        }
        expect(stops.size).toBeGreaterThan(3);
      }
      await page.context().close();
    }
    expect(findings).toEqual([]);
  }, 240_000);
});

describe('motion', () => {
  it('is there, and none for those who asked for none', async () => {
    const moving = async (reducedMotion: 'reduce' | 'no-preference') => {
      const page = await enter(browser, stack, 'erika', '/requests/new');
      await page.emulateMedia({ reducedMotion });
      const slow = await page.evaluate(
        () =>
          [...document.querySelectorAll('*')].filter((one) => {
            const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(one);
            const lasts = `${transitionDuration},${animationDuration}`
              .split(',')
              .some((time) => Number.parseFloat(time) > 0);
            return lasts || scrollBehavior === 'smooth';
          }).length,
      );
      await page.context().close();
      return slow;
    };
    expect(await moving('no-preference')).toBeGreaterThan(0);
    expect(await moving('reduce')).toBe(0);
  });
});

/** One step on with the key. Undefined where the focus left the page. */
async function tab(page: Page) {
  await page.keyboard.press('Tab');
  return page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const at = document.activeElement;
    if (!at || at === document.body) return undefined;
    const ringed = (one: Element | null) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    };
    // Where a box is drawn as its label, the label wears the ring.
    const drawn = ringed(at) || ringed(at.closest('label'));
    const { left, right, top, bottom } = at.getBoundingClientRect();
    const over = [top + 2, (top + bottom) / 2, bottom - 2]
      .map((y) => ({ y, one: document.elementFromPoint((left + right) / 2, y) }))
      .find(({ one }) => !one || !(at.contains(one) || one.contains(at)));
    const name = at.getAttribute('aria-label') ?? at.textContent?.slice(0, 40);
    return {
      place: [...document.querySelectorAll('*')].indexOf(at),
      what: `${at.tagName} “${name}” at ${Math.round(top)} to ${Math.round(bottom)}`,
      drawn,
      over: over && (over.one?.outerHTML.slice(0, 120) ?? 'the edge of the window'),
    };
  });
}
