/// <reference lib="dom" />
import { randomUUID } from 'node:crypto';
import { eventually, findBrowser } from '@eaf/testing';
import pg from 'pg';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { addressesOf } from '../../addresses.js';
import { mainJob } from '../../job/main-job.js';
import { login } from '../../job/seed.js';
import { Session } from '../../job/session.js';
import { passwordOf } from '../../local-settings.js';
import { type LocalStack, startLocalStack } from '../../local-stack.js';
import { databaseName } from '../../set-up/prepare-database.js';
import { type Measured, servePeer } from '../peer.js';
import { quantile } from '../verdict.js';

/** How much slower than this machine a person's is. */
const slowdown = 4;
const copied = randomUUID();
const openStreams = 100;
/** Fewer than the gateway's limit of 20, so that who is measured can still listen: else her page says it lost the connection. */
const streamsAPerson = 15;
/** Each is a submit and a cancel: a person may change a hundred things a minute. */
const hintsARound = 10;

interface Screen {
  readonly user: string;
  readonly path: string;
  /** What a person does there; each counts for INP. */
  readonly act: (page: Page) => Promise<void>;
}

const pressPalette = async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('mas');
  await page.keyboard.press('Escape');
};
const screens: Readonly<Record<string, Screen>> = {
  home: { user: 'erika', path: '/', act: pressPalette },
  newRequest: {
    user: 'erika',
    path: '/requests/new',
    act: async (page) => {
      for (const size of ['L', 'S', 'M']) await page.getByRole('radio', { name: new RegExp(`^${size}\\b`) }).click();
      await page.getByLabel('Name', { exact: true }).pressSequentially('web-bench');
    },
  },
  queue: { user: 'ayse', path: '/approvals', act: pressPalette },
  machines: {
    user: 'jonas',
    path: '/machines',
    act: async (page) => {
      await page.getByRole('button', { name: 'Projekt', exact: true }).click();
      await page.getByRole('button', { name: 'Name', exact: true }).click();
    },
  },
};

/** The whole product with many machines, and a browser on a slow computer. */
servePeer(async ({ size }) => {
  const stack = await startLocalStack({ quiet: true });
  await mainJob(stack.settings);
  await copyMachine(stack, size);
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
  const listeners = await listen(stack);

  return {
    async round() {
      const round: Record<string, number> = {};
      for (const [name, screen] of Object.entries(screens)) {
        const { lcpMs, inpMs, cls } = await visit(browser, stack, screen);
        Object.assign(round, { [`${name}LcpMs`]: lcpMs, [`${name}InpMs`]: inpMs, [`${name}Cls`]: cls });
      }
      return { ...round, ...(await scrollAndFilter(browser, stack)), liveP95Ms: await liveness(browser, stack) };
    },
    async close() {
      await Promise.all(listeners.map((listener) => listener.close()));
      await browser.close();
      await stack.stop();
    },
  };
});

async function enter(browser: Browser, stack: LocalStack, user: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'de-DE' });
  const page = await context.newPage();
  const { user: name, password } = login(stack.settings, user);
  await page.goto(`${addressesOf(stack.settings).gateway}/auth/login?returnTo=/`);
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.close();
  return context;
}

/** A first visit with an empty cache, on a slow processor: largest paint, slowest interaction, shift of what was there. */
async function visit(
  browser: Browser,
  stack: LocalStack,
  { user, path, act }: Screen,
): Promise<{ lcpMs: number; inpMs: number; cls: number }> {
  const context = await enter(browser, stack, user);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.addInitScript(observe);
  await page.goto(addressesOf(stack.settings).gateway + path);
  await settled(page);
  await act(page);
  await settled(page);
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  await context.close();
  return { lcpMs: seen.lcpMs, inpMs: Math.max(0, ...seen.interactionsMs), cls: seen.cls };
}

interface Seen {
  lcpMs: number;
  cls: number;
  interactionsMs: number[];
  longTasksMs: number[];
}

/** Runs in the page, before anything of the page. */
function observe(): void {
  const seen: Seen = { lcpMs: 0, cls: 0, interactionsMs: [], longTasksMs: [] };
  (globalThis as unknown as { seen: Seen }).seen = seen;
  const watch = (type: string, note: (entry: PerformanceEntry) => void, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  watch('largest-contentful-paint', (entry) => (seen.lcpMs = entry.startTime));
  watch('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) seen.cls += value;
  });
  watch(
    'event',
    (entry) => void ((entry as PerformanceEventTiming).interactionId && seen.interactionsMs.push(entry.duration)),
    {
      durationThreshold: 16,
    },
  );
  watch('longtask', (entry) => seen.longTasksMs.push(entry.duration));
}

/** Nothing is loading any more, and two frames have been painted since. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** On the table of all machines, at this machine's own speed. */
async function scrollAndFilter(browser: Browser, stack: LocalStack): Promise<Measured> {
  const context = await enter(browser, stack, 'jonas');
  const page = await context.newPage();
  await page.addInitScript(observe);
  await page.goto(`${addressesOf(stack.settings).gateway}/machines`);
  await settled(page);
  await page.evaluate(() => void ((globalThis as unknown as { seen: Seen }).seen.longTasksMs = []));
  await page.mouse.move(700, 600);
  for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, 1_500);
  await settled(page);
  const { longTasksMs } = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  await page.evaluate(() => scrollTo(0, 0));
  const filters: number[] = [];
  for (const wanted of ['bench-0042', 'bench-0007', 'bench-01']) {
    const answered = page.waitForResponse((response) => response.url().includes(`name=${wanted}`));
    await page
      .getByRole('searchbox')
      .or(page.getByLabel('Name', { exact: true }))
      .first()
      .fill(wanted);
    const request = (await answered).request();
    await (await answered).finished();
    filters.push(request.timing().responseEnd);
  }
  await context.close();
  return { longestTaskMs: Math.max(0, ...longTasksMs), filterMs: quantile(filters, 0.5) };
}

/** From the event's own time in the database to the moment a browser shows it. */
async function liveness(browser: Browser, stack: LocalStack): Promise<number> {
  const { gateway } = addressesOf(stack.settings);
  const erika = await Session.open(gateway, login(stack.settings, 'erika'));
  const first = async (path: string) => (await erika.get<{ items: { id: string }[] }>(path)).items[0]?.id ?? '';
  const [projectId, templateId, networkId] = await Promise.all(['/projects', '/templates', '/networks'].map(first));
  const context = await enter(browser, stack, 'erika');
  const page = await context.newPage();
  await page.goto(`${gateway}/requests`);
  await settled(page);
  const database = new pg.Client(adminOf(stack));
  await database.connect();
  const delays: number[] = [];
  for (let n = 0; n < hintsARound; n++) {
    const name = `live-${randomUUID().slice(0, 8)}`;
    const shown = page.evaluate(
      (text) =>
        new Promise<number>((resolve) => {
          const look = () => {
            if (document.body.textContent.includes(text)) resolve(Date.now());
            else requestAnimationFrame(look);
          };
          look();
        }),
      name,
    );
    shown.catch(() => undefined); // Where the submit fails, that is what is told.
    const { id } = await erika.post<{ id: string }>('/requests', {
      ...{ projectId, templateId, networkId, name },
      size: 'S',
      environment: 'production',
    });
    const at = await shown;
    const { rows } = await database.query('SELECT recorded_at FROM request.event WHERE stream = $1 AND version = 1', [
      `vm-request:${id}`,
    ]);
    delays.push(at - (rows[0].recorded_at as Date).getTime());
    await erika.post(`/requests/${id}/cancel`, {});
  }
  await database.end();
  await context.close();
  return quantile(delays, 0.95);
}

/** Open streams of as many people as it takes, each of whom the gateway must tell. */
async function listen(stack: LocalStack): Promise<{ close(): Promise<void> }[]> {
  const { gateway } = addressesOf(stack.settings);
  const streams = [];
  for (const user of ['ayse', 'jonas', 'renate', 'mira', 'lukas', 'paul', 'eva']) {
    const session = await Session.open(gateway, login(stack.settings, user));
    for (let n = 0; n < streamsAPerson && streams.length < openStreams; n++) {
      const stream = await session.open('/live');
      void stream.until(() => false).catch(() => {}); // Reads until it is closed, as a browser does.
      streams.push(stream);
    }
  }
  return streams;
}

/** Rows of the list alone: what is measured is how many there are, not what made them. */
async function copyMachine(stack: LocalStack, many: number): Promise<void> {
  const database = new pg.Client(adminOf(stack));
  await database.connect();
  // Of a vCenter that nobody looks at: else its inventory would say that the copies are missing.
  await database.query(
    `INSERT INTO provisioning.vcenter
     SELECT (jsonb_populate_record(NULL::provisioning.vcenter, to_jsonb(vcenter) || '{"id": "${copied}", "name": "Copies"}')).*
     FROM (SELECT vcenter.* FROM provisioning.vcenter JOIN provisioning.vm ON vm.vcenter_id = vcenter.id LIMIT 1) AS vcenter`,
  );
  await database.query(
    `INSERT INTO provisioning.vm
     SELECT (jsonb_populate_record(NULL::provisioning.vm, to_jsonb(vm) || jsonb_build_object(
       'id', gen_random_uuid(), 'request_id', gen_random_uuid(), 'instance_uuid', gen_random_uuid(),
       'vcenter_id', '${copied}', 'name', 'bench-' || lpad(n::text, 5, '0'), 'moref', 'bench-' || n,
       'created_at', vm.created_at - n * interval '1 minute'))).*
     FROM (SELECT * FROM provisioning.vm ORDER BY created_at LIMIT 1) AS vm, generate_series(1, $1::integer) AS n`,
    [many],
  );
  await database.query('ANALYZE provisioning.vm');
  await database.end();
  const jonas = await Session.open(addressesOf(stack.settings).gateway, login(stack.settings, 'jonas'));
  await eventually(async () => (await jonas.get<{ items: unknown[] }>('/vms?name=bench-')).items.length > 0, {
    what: 'the copies being listed',
  });
}

function adminOf({ settings }: LocalStack): pg.ClientConfig {
  return {
    host: '127.0.0.1',
    port: settings.ports.postgres,
    user: 'postgres',
    password: passwordOf(settings, 'postgres'),
    database: databaseName,
  };
}
