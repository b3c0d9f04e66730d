import { readFile } from 'node:fs/promises';
import { eventually } from '@eaf/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, signIn, startStack, stopStack, superuserOf } from '../stack-under-test.js';
import { complaintsOf, enter, openBrowser, seen } from './browser-under-test.js';

let stack: Stack;
let browser: Browser;
const many = 1_200;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
  const { mainJob } = await import('../../src/job/main-job.js');
  await mainJob(stack.settings);
  // Making so many by requests would take an hour; they are rows of the one that was made, as the service writes them.
  const database = await superuserOf(stack);
  await database.query(
    `INSERT INTO provisioning.vm (tenant_id, id, request_id, name, owner_id, project_id, project_name, size, environment, state, power,
                                  addresses, host_name, created_at, template_id, vcenter_id, moref, instance_uuid)
     SELECT tenant_id, gen_random_uuid(), gen_random_uuid(), 'srv-' || lpad(n::text, 4, '0'), owner_id, project_id,
            CASE WHEN n = 1 THEN '=HYPERLINK("http://x")' ELSE project_name END,
            size || jsonb_build_object('monthlyCostCents', 1000 + n), environment, state, power, addresses, host_name, created_at,
            template_id, vcenter_id, moref, gen_random_uuid()
     FROM (SELECT * FROM provisioning.vm LIMIT 1) AS made, generate_series(1, $1::integer) AS n`,
    [many],
  );
  await database.end();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stopStack(stack);
});

const all = (many + 1).toLocaleString('de-DE');
const names = (page: Page) => page.locator('#content tbody th a').allTextContents();
const opened = async (path: string, look = {}) => {
  const page = await enter(browser, stack, 'erika', path, look);
  await page.getByRole('link', { name: /^srv-/ }).first().waitFor(seen);
  return page;
};

describe('the machines', () => {
  it('are drawn only where they are in sight, down to the last one', async () => {
    const page = await opened('/machines?name=srv-');
    const complaints = complaintsOf(page);
    await page.getByText(`${many.toLocaleString('de-DE')} Maschinen`).waitFor(seen);
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(many + 1));
    expect((await names(page)).length).toBeLessThan(100);
    const last = page.getByRole('link', { name: 'srv-1200' });
    await expect
      .poll(
        async () => {
          await page.mouse.wheel(0, 20_000);
          return last.count();
        },
        { timeout: 30_000 },
      )
      .toBe(1);
    expect((await names(page)).length).toBeLessThan(100);
    expect(await page.getByRole('row').filter({ has: last }).getAttribute('aria-rowindex')).toBe(String(many + 1));
    expect(complaints).toEqual([]);
  }, 90_000);

  it('are walked with keys, and the focus outlives scrolling away', async () => {
    const page = await opened('/machines?name=srv-');
    await page.keyboard.press('j');
    for (let row = 0; row < 60; row++) await page.keyboard.press('j');
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    expect(await focused()).toBe('srv-0061');
    await page.mouse.wheel(0, 4_000);
    await page.getByRole('link', { name: 'srv-0150' }).waitFor(seen);
    expect(await focused()).toBe('srv-0061');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/machines\/[0-9a-f-]{36}$/);
  }, 60_000);

  it('are sorted by the server, and a link shows the same', async () => {
    const page = await opened('/machines');
    await page.getByRole('button', { name: 'im Monat' }).click();
    await page
      .getByRole('columnheader', { name: 'im Monat', exact: true })
      .and(page.locator('[aria-sort=ascending]'))
      .waitFor();
    await page.getByRole('button', { name: 'im Monat' }).click();
    await page.locator('[aria-sort=descending]').waitFor(seen);
    // The dearest is the one that was really made.
    await expect.poll(async () => (await names(page))[1], { timeout: 30_000 }).toBe('srv-1200');
    expect(await page.locator('p[role=status]').textContent()).toBe(`${all} Maschinen, sortiert nach im Monat`);
    await page.reload();
    await expect.poll(async () => (await names(page))[1], { timeout: 30_000 }).toBe('srv-1200');
  }, 60_000);

  it('leave as a file: what is shown, as a German spreadsheet reads it, and no formula', async () => {
    const page = await opened('/machines?name=srv-');
    await page.getByRole('button', { name: 'Spalten' }).click();
    await page.getByLabel('Zuständige Person').uncheck();
    await page.getByLabel('vCPU').check();
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Als CSV' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    const [head, first, second, ...rest] = text.split('\r\n');
    expect(head).toBe('\uFEFFName;Status;Adresse;Größe;vCPU;Projekt;im Monat');
    expect(first).toMatch(/^srv-0001;.*;M;4;"'=HYPERLINK\(""http:\/\/x""\)";10,01$/);
    expect(second).toMatch(/^srv-0002;.*;M;4;Webshop;10,02$/);
    expect(rest.filter(Boolean).length).toBe(many - 2);
    await page.reload(); // The choice of columns is kept.
    await page.getByRole('columnheader', { name: 'vCPU' }).waitFor(seen);
    expect(await page.getByRole('columnheader', { name: 'Zuständige Person' }).count()).toBe(0);
  }, 60_000);

  it('take two lines each on a phone', async () => {
    const page = await opened('/machines?name=srv-', { width: 390, height: 800 });
    const row = page.locator('tr').filter({ hasText: 'srv-0001' });
    const box = await row.boundingBox();
    expect(box?.height).toBeLessThan(75);
    expect((await names(page)).length).toBeLessThan(100);
    expect(await row.getByRole('cell').count()).toBe(2);
  }, 60_000);

  it('that vCenter no longer knows are told of at home, in the list and on their page', async () => {
    const jonas = await signIn(stack, 'jonas');
    await eventually(async () => (await jonas.get<{ total: number }>('/vms?missing=true')).total === many, {
      what: 'the machines that are only rows to be missing',
      timeoutMs: 90_000,
    });
    const page = await enter(browser, stack, 'jonas');
    await page
      .getByRole('link', { name: `${many.toLocaleString('de-DE')} Maschinen brauchen Aufmerksamkeit` })
      .click(seen);
    await page.getByText('Nicht gefunden').nth(1).waitFor(seen); // The first is the filter's own.
    await page.getByRole('link', { name: 'srv-0001' }).click(seen);
    await page.getByText(/vCenter kennt diese VM seit .* nicht mehr\./).waitFor(seen);
    expect(await page.getByRole('button', { name: 'Einschalten' }).count()).toBe(0);
  }, 150_000);
});
