import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type Stack, signIn, startStack, stopStack } from '../stack-under-test.js';
import { complaintsOf, enter, fresh, openBrowser, seen } from './browser-under-test.js';

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

const name = (page: Page) => page.getByLabel('Name', { exact: true });
const api = (path: string) => new RegExp(`/api/v1${path}(\\?|$)`);

/** Holds answers back until they are let go. */
async function held(page: Page, path: RegExp) {
  const waiting: Route[] = [];
  let open = false;
  await page.route(path, async (route) => {
    if (open) await route.continue();
    else waiting.push(route);
  });
  return {
    count: () => waiting.length,
    letGo: async () => {
      open = true;
      await Promise.all(waiting.splice(0).map((route) => route.continue()));
    },
  };
}

describe('a page whose file cannot be had', () => {
  it('says so in its frame, and is there once it can', async () => {
    const page = await enter(browser, stack, 'erika', '/');
    await page.route(/request-list-page/, (route) => route.abort());
    await page.getByRole('link', { name: 'Anträge' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Diese Seite lässt sich nicht anzeigen' }).waitFor(seen);
    await page.getByRole('link', { name: 'Start' }).first().waitFor();
    await page.unroute(/request-list-page/);
    await page.getByRole('button', { name: 'Erneut versuchen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Anträge' }).waitFor(seen);
  }, 60_000);
});

describe('a page of another role', () => {
  it('is not drawn, and says who can change that', async () => {
    const page = await enter(browser, stack, 'erika', '/evidence/audit');
    await page.getByRole('heading', { level: 1, name: 'Nicht für Ihre Rolle' }).waitFor(seen);
    expect(await page.getByRole('button', { name: 'Als CSV' }).count()).toBe(0);
  }, 60_000);
});

describe('a slow answer', () => {
  it('shows where it will stand, then stands there; the rest does not wait', async () => {
    const page = await enter(browser, stack, 'erika', '/machines');
    const answers = await held(page, api('/admin/quota'));
    await page.getByRole('link', { name: 'Start' }).first().click();
    const quota = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Kontingent' }) });
    await quota
      .locator('[aria-busy=true]')
      .getByText('Wird geladen')
      .waitFor({ ...seen, state: 'attached' });
    await page
      .getByText(/Noch keine Anträge|keine Maschinen|Maschinen?$/)
      .first()
      .waitFor(seen);
    await answers.letGo();
    await quota.getByText('Webshop').waitFor(seen);
    expect(await quota.locator('[aria-busy=true]').count()).toBe(0);
  }, 60_000);
});

describe('a broken answer', () => {
  it.each([
    ['a fault of the server', (route: Route) => route.fulfill({ status: 500, body: 'Internal Server Error' })],
    [
      'something that is no answer',
      (route: Route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{"items": [' }),
    ],
    [
      'a page of something between',
      (route: Route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Proxy</h1>' }),
    ],
  ])(
    'that is %s speaks in its own part alone, and can be tried again',
    async (_, spoil) => {
      const page = await enter(browser, stack, 'erika', '/machines');
      const faults = complaintsOf(page);
      await page.route(api('/admin/quota'), spoil);
      await page.getByRole('link', { name: 'Start' }).first().click();
      const quota = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Kontingent' }) });
      await quota.getByRole('alert').waitFor(seen);
      expect(await page.getByRole('alert').count()).toBe(1);
      expect(await page.getByRole('heading', { level: 2, name: 'Anträge' }).count()).toBe(1);
      await page.unroute(api('/admin/quota'));
      await quota.getByRole('button', { name: 'Erneut versuchen' }).click();
      await quota.getByText('Webshop').waitFor(seen);
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(faults).toEqual([]);
    },
    60_000,
  );
});

describe('a late answer', () => {
  it('about what stood there before is dropped', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    await name(page).waitFor(seen);
    await page.getByLabel('Umgebung').selectOption('production');
    const means = page.getByRole('complementary');
    await means.getByText('21,00 € im Monat').waitFor(seen);
    const late: Route[] = [];
    await page.route(api('/requests/preview'), async (route) => {
      const { size } = route.request().postDataJSON() as { size: string };
      if (size === 'M') late.push(route);
      else await route.continue();
    });
    await page.getByRole('radio', { name: /^M/ }).check();
    await expect.poll(() => late.length, seen).toBe(1);
    await page.getByRole('radio', { name: /^L/ }).check();
    await means.getByText('84,00 € im Monat').waitFor(seen);
    // The page may have given the question up; then nobody is there for its answer, which is as good.
    const answered = page.waitForEvent('requestfinished', { timeout: 3_000 }).catch(() => undefined);
    await late[0]?.continue().catch(() => undefined);
    await answered;
    expect(await means.getByText('84,00 € im Monat').count()).toBe(1);
    expect(await means.getByText('42,00 € im Monat').count()).toBe(0);
  }, 60_000);

  it('makes no second request, however often one clicks', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    const vm = fresh('web');
    await name(page).fill(vm, seen);
    const sent = await held(page, api('/requests'));
    const button = page.getByRole('button', { name: /^(Antrag einreichen|Wird eingereicht …)$/ });
    await button.dblclick();
    await page.getByRole('button', { name: 'Wird eingereicht …' }).waitFor();
    await button.click({ force: true }); // Playwright would wait until it is enabled; a person does not.
    await button.press('Enter');
    expect(sent.count()).toBe(1);
    await sent.letGo();
    await page.getByRole('heading', { level: 1, name: vm }).waitFor(seen);
    expect((await erika.get<{ items: unknown[] }>(`/requests?name=${vm}`)).items.length).toBe(1);
  }, 60_000);

  it('that was lost on its way is asked for once more, and still makes one request', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    const vm = fresh('web');
    await name(page).fill(vm, seen);
    await page.route(
      api('/requests'),
      async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        await route.fetch(); // It arrives and is carried out; its answer does not come back.
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
    await page.getByRole('button', { name: 'Antrag einreichen' }).click();
    await page.getByRole('button', { name: 'Erneut versuchen' }).click(seen);
    await page.getByRole('heading', { level: 1, name: vm }).waitFor(seen);
    expect((await erika.get<{ items: unknown[] }>(`/requests?name=${vm}`)).items.length).toBe(1);
  }, 60_000);
});

describe('a connection', () => {
  it('that is gone says so, keeps what was typed, and goes on by itself', async () => {
    const page = await enter(browser, stack, 'erika', '/requests/new');
    const vm = fresh('web');
    await name(page).fill(vm, seen);
    await page.context().setOffline(true);
    await page.getByText('Sie sind offline.').waitFor(seen);
    await page.getByRole('button', { name: 'Antrag einreichen' }).click();
    expect(await name(page).inputValue()).toBe(vm);
    await page.context().setOffline(false);
    await page.getByText('Sie sind offline.').waitFor({ ...seen, state: 'detached' });
    expect(await name(page).inputValue()).toBe(vm);
  }, 60_000);

  it('of a hidden tab is hung up; once seen, it listens and asks anew', async () => {
    const page = await enter(browser, stack, 'erika', '/requests');
    await page.getByRole('heading', { level: 1, name: 'Anträge' }).waitFor(seen);
    const show = (hidden: boolean) =>
      page.evaluate((is) => {
        Object.defineProperty(document, 'hidden', { value: is, configurable: true });
        Object.defineProperty(document, 'visibilityState', { value: is ? 'hidden' : 'visible', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    const hungUp = page.waitForEvent('requestfailed', {
      predicate: (one) => one.url().endsWith('/api/v1/live'),
      ...seen,
    });
    await show(true);
    await hungUp;
    const [listens, asks] = ['/api/v1/live', '/api/v1/requests'].map((path) =>
      page.waitForRequest((one) => new URL(one.url()).pathname === path, seen),
    );
    await show(false);
    await Promise.all([listens, asks]);
  }, 60_000);
});

describe('the end of a session', () => {
  it('is announced two minutes before, and put off by a press', async () => {
    const page = await enter(browser, stack, 'erika', '/requests');
    await page.getByRole('heading', { level: 1, name: 'Anträge' }).waitFor(seen);
    const endsAt = await page.evaluate(async () => {
      const session = (await (await fetch('/auth/session')).json()) as { endsAt: string };
      return session.endsAt;
    });
    await page.clock.install();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Anträge' }).waitFor(seen);
    expect(await page.getByText('Noch da?').count()).toBe(0);
    // For the page it is a minute before; the server still has its own time, and its answer moves the end.
    const end = new Date(endsAt).getTime();
    await page.route(/\/auth\/session$/, (route) => route.fulfill({ json: { endsAt: new Date(end).toISOString() } }));
    await page.clock.fastForward(end - Date.now() - 60_000);
    await page.getByText(/Noch da\? Ihre Sitzung endet um \d\d:\d\d\./).waitFor(seen);
    await page.unroute(/\/auth\/session$/);
    await page.route(/\/auth\/session$/, (route) =>
      route.fulfill({ json: { endsAt: new Date(end + 3_600_000).toISOString() } }),
    );
    await page.getByRole('button', { name: 'Angemeldet bleiben' }).click();
    await page.getByText('Noch da?').waitFor({ ...seen, state: 'detached' });
  }, 60_000);
});
