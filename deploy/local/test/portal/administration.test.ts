import { readFile } from 'node:fs/promises';
import { eventually, makeVcsimTemplate } from '@eaf/testing';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide, gatewayOf, offerTo, type Stack, signIn, startStack, stopStack, submit } from '../stack-under-test.js';
import { complaintsOf, enter, fresh, openBrowser, seen } from './browser-under-test.js';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), openBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stopStack(stack);
});

const rowOf = (page: Page, name: string | RegExp) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
const fill = async (form: Page | Locator, entries: Record<string, string>) => {
  for (const [label, text] of Object.entries(entries)) await form.getByLabel(label, { exact: true }).fill(text);
};
/** What the browser hands over, without what tells spreadsheets its encoding; line by line. */
async function fileOf(page: Page, press: Locator): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent('download'), press.click()]);
  return (await readFile(await download.path(), 'utf8')).replace('\uFEFF', '').trimEnd().split('\r\n');
}

describe('a tenant administrator', () => {
  it('makes a project, gives it people and a limit', async () => {
    const page = await enter(browser, stack, 'jonas', '/administration/projects');
    const complaints = complaintsOf(page);
    const project = fresh('Lager');
    await page.getByRole('button', { name: 'Projekt anlegen' }).first().click(seen);
    await page.getByLabel('Name', { exact: true }).fill(project);
    await page.getByRole('button', { name: 'Projekt anlegen' }).click();
    await page.getByRole('heading', { level: 1, name: project }).waitFor(seen);

    await page.getByRole('button', { name: 'Mitglied hinzufügen' }).click();
    await page.getByLabel('Person').selectOption({ label: 'Erika Brandt' }, seen);
    await page.getByRole('button', { name: 'Mitglied hinzufügen' }).click();
    await rowOf(page, 'Erika Brandt').getByRole('cell', { name: 'Mitglied' }).waitFor(seen);
    await page.getByRole('button', { name: 'Leitung geben Erika Brandt' }).click();
    await rowOf(page, 'Erika Brandt').getByRole('cell', { name: 'Projektleitung' }).waitFor(seen);

    await page.getByRole('button', { name: 'Grenze ändern' }).click();
    await page.getByLabel('Ohne Grenze').uncheck();
    await fill(page, { VMs: '3', vCPU: '12', Speicher: '1,5 TB', Festplatte: '500' });
    await page.getByRole('button', { name: 'Grenze ändern' }).click();
    await page.getByRole('alert').getByText('Geben Sie den Speicher in GB ein.').first().waitFor();
    await page.getByLabel('Speicher', { exact: true }).fill('24,5');
    await page.getByRole('button', { name: 'Grenze ändern' }).click();
    await page.getByText(/von 12/).waitFor(seen);
    await page.getByText(/von 24,5\sGB/).waitFor();

    const erika = await signIn(stack, 'erika');
    const { items } = await erika.get<{ items: { name: string; member: boolean }[] }>('/projects');
    expect(items.find(({ name }) => name === project)?.member).toBe(true);
    expect(complaints).toEqual([]);
  }, 90_000);

  it('sets the price of a size, which the next request shows', async () => {
    const page = await enter(browser, stack, 'jonas', '/administration/sizes');
    const size = fresh('T');
    await page.getByRole('button', { name: 'Größe anlegen' }).click(seen);
    await fill(page, { Name: size, vCPU: '3', Speicher: '6,5', Festplatte: '60', Kosten: '37.50' });
    await page.getByRole('button', { name: 'Größe speichern' }).click();
    await page
      .getByRole('alert')
      .getByText(/Kosten im Monat/)
      .first()
      .waitFor(); // A point parts thousands here.
    await page.getByLabel('Kosten', { exact: true }).fill('37,50');
    await page.getByRole('button', { name: 'Größe speichern' }).click();
    await rowOf(page, size)
      .getByText(/37,50\s€/)
      .waitFor(seen);
    await page.getByRole('button', { name: `Ändern ${size}` }).click();
    await page.getByLabel('Kosten', { exact: true }).fill('1.039');
    await page.getByRole('button', { name: 'Größe speichern' }).click();
    await rowOf(page, size)
      .getByText(/1\.039,00\s€/)
      .waitFor(seen);
    await page.getByRole('link', { name: 'Start' }).first().click();
    await page.getByRole('link', { name: 'VM beantragen' }).first().click(seen);
    await page.getByRole('radio', { name: new RegExp(`^${size}`) }).check(seen);
    await page
      .getByRole('complementary')
      .getByText(/1\.039,00\s€ im Monat/)
      .waitFor(seen);
  }, 90_000);

  it('offers a template that vCenter shows, and a network with a range', async () => {
    const page = await enter(browser, stack, 'jonas', '/administration/templates');
    const [inVCenter, name, network] = [fresh('debian'), fresh('Debian 13'), fresh('Labor')];
    await makeVcsimTemplate(stack.vcsim, inVCenter);
    await page.getByRole('button', { name: 'Vorlage freigeben' }).click(seen);
    await page.getByLabel('Vorlage in vCenter').selectOption(inVCenter, seen);
    await fill(page, {
      Name: name,
      'So meldet man sich an, auf Deutsch': 'Als Benutzer „debian“ mit Ihrem Schlüssel.',
      'So meldet man sich an, auf Englisch': 'As user “debian” with your key.',
    });
    await page.getByRole('button', { name: 'Vorlage freigeben' }).click();
    await rowOf(page, name).getByText('Als Benutzer „debian“ mit Ihrem Schlüssel.').waitFor(seen);

    await page.goto(`${gatewayOf(stack)}/administration/networks`);
    await page.getByRole('button', { name: 'Netz freigeben' }).click(seen);
    await page.getByLabel('Netz in vCenter').selectOption('VM Network', seen);
    await page.getByLabel('Name', { exact: true }).fill(network);
    await page.getByLabel('Adressen').selectOption({ label: 'aus einem Bereich, den DVMM vergibt' });
    await fill(page, { 'Erste Adresse': '10.77.0.10', 'Letzte Adresse': '10.77.0.999', Gateway: '10.77.0.1' });
    await page.getByRole('button', { name: 'Netz freigeben' }).click();
    await page.getByRole('alert').filter({ hasText: 'Bitte prüfen Sie' }).getByRole('link').click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('last');
    await page.getByLabel('Letzte Adresse').fill('10.77.0.19');
    await page.getByRole('button', { name: 'Netz freigeben' }).click();
    await rowOf(page, network).getByRole('cell', { name: '10', exact: true }).waitFor(seen);
  }, 120_000);

  it('writes a new version of the policy as a sentence, and both stay readable', async () => {
    const page = await enter(browser, stack, 'jonas', '/administration/policies');
    await page.getByRole('link', { name: 'Standard' }).first().click(seen);
    await page.getByRole('button', { name: 'Neue Version schreiben' }).click(seen);
    const form = page.locator('form');
    await form.getByLabel('Höchste Kosten im Monat').fill('30');
    await form.getByRole('button', { name: 'Stufe hinzufügen' }).click();
    await form.getByLabel('Name der Stufe 2').fill('Betrieb');
    await form.getByRole('button', { name: 'In Kraft setzen' }).click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: /Wählen Sie, wer in Stufe 2 entscheiden darf/ })
      .waitFor();
    await form.getByRole('group', { name: 'Stufe 2' }).getByLabel('Mandantenverwaltung').check();
    const sentence = page.getByRole('region', { name: 'So liest es die Revision' });
    await sentence.getByText(/er höchstens 30,00\s€ im Monat kostet/).waitFor();
    await sentence.getByText(/„Betrieb“.*Mandantenverwaltung/).waitFor();
    const before = Number((await page.getByText(/Version \d+ in Kraft/).textContent())?.match(/Version (\d+)/)?.[1]);
    await form.getByRole('button', { name: 'In Kraft setzen' }).click();
    await page.getByText(`Version ${before + 1} in Kraft`).waitFor(seen);
    await page.getByText(/„Betrieb“.*Mandantenverwaltung/).waitFor();
    await page.getByText(`Version ${before}`, { exact: true }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: `Version ${before}` })
      .getByText('Standard')
      .waitFor(seen);

    // As it was, so that others' requests need one person.
    const jonas = await signIn(stack, 'jonas');
    const { items } = await jonas.get<{ items: { id: string; version: number }[] }>('/admin/policies');
    const old = await jonas.get<Record<string, unknown>>(`/admin/policies/${items[0]?.id}/versions/${before}`);
    const { name, automaticWhen, stages, expiresAfterDays } = old;
    await jonas.put('/admin/policies', { name, projectId: null, automaticWhen, stages, expiresAfterDays });
  }, 90_000);

  it('sees each check of vCenter, and which one fails', async () => {
    const page = await enter(browser, stack, 'jonas', '/administration/vcenter');
    const checks = [
      'vCenter antwortet',
      'Dem Zertifikat wird vertraut',
      'Die Anmeldung gelingt',
      'Das Datencenter ist da',
      'Der VM-Ordner ist da oder lässt sich anlegen',
      'Der Ressourcenpool ist da',
      'Der Datenspeicher ist nutzbar',
      'Der Benutzer hat alle Rechte',
      'Die Vorlagen sind da',
    ];
    await page.getByRole('button', { name: 'Verbindung prüfen' }).click(seen);
    await page.getByText('Alle Prüfungen bestanden.').first().waitFor(seen);
    // The last is there once for each template.
    for (const check of checks)
      await page.getByRole('listitem').filter({ hasText: check }).getByText('Bestanden').first().waitFor(seen);
    const pool = async (path: string) => {
      await page.getByRole('button', { name: 'Ändern', exact: true }).click();
      await page.getByLabel('Ressourcenpool').fill(path);
      await page.getByRole('button', { name: 'Verbindung speichern' }).click();
      await page.getByText(path, { exact: true }).waitFor(seen);
      await page.getByRole('button', { name: 'Verbindung prüfen' }).click();
    };
    await pool('DC0_C0/Resources/fehlt');
    const failed = page.getByRole('listitem').filter({ hasText: 'vCenter hat diesen Ressourcenpool nicht' });
    await failed.getByText('Prüfen Sie den Pfad des Ressourcenpools.').waitFor(seen);
    await pool('DC0_C0/Resources');
    await page.getByText('Alle Prüfungen bestanden.').first().waitFor(seen);
  }, 120_000);

  it('sends a test mail, and learns what is wrong when it cannot', async () => {
    const page = await enter(browser, stack, 'jonas', '/administration/mail');
    await page.getByRole('button', { name: 'Testmail senden' }).click(seen);
    await page.getByText('Der Server hat die E-Mail angenommen. Sehen Sie in Ihr Postfach.').waitFor(seen);
    const save = async (password: string) => {
      await page.getByLabel('Kennwort (optional)').fill(password);
      await page.getByRole('button', { name: 'Speichern', exact: true }).click();
      await page.getByText('Die Mail-Einstellungen sind gespeichert.').waitFor({ ...seen, state: 'attached' });
      await page.getByRole('button', { name: 'Testmail senden' }).click();
    };
    await save('nicht das richtige');
    await page
      .getByText('Der Mailserver hat die Anmeldung verweigert. Prüfen Sie Benutzer und Kennwort.')
      .waitFor(seen);
    await save(stack.settings.passwords['smtp'] ?? '');
    await page.getByText('Der Server hat die E-Mail angenommen.').waitFor(seen);
  }, 120_000);

  it('invites somebody and changes roles, but not those of the last administration', async () => {
    const page = await enter(browser, stack, 'jonas', '/administration/people');
    const email = `${fresh('neu')}@nordwind.example`;
    await page.getByRole('button', { name: 'Einladen' }).click(seen);
    await page.getByLabel('E-Mail-Adresse').fill(email);
    await page.getByRole('checkbox', { name: /^Genehmigung/ }).check();
    await page.getByRole('button', { name: 'Einladen' }).click();
    await page.getByText(`${email} kommt`).waitFor(seen);
    await page.getByRole('button', { name: 'Schließen' }).click();
    await page.getByRole('button', { name: 'Rollen ändern Renate Vogel' }).click();
    await page.getByRole('checkbox', { name: /^Nutzung/ }).check();
    await page.getByRole('button', { name: 'Rollen speichern' }).click();
    await rowOf(page, 'Renate Vogel').getByText('Nutzung, Revision').waitFor(seen);
    await page.getByRole('button', { name: 'Rollen ändern Jonas Keller' }).click();
    await page.getByRole('checkbox', { name: /^Mandantenverwaltung/ }).uncheck();
    await page.getByRole('button', { name: 'Rollen speichern' }).click();
    await page.getByRole('alert').filter({ hasText: 'Bitte prüfen Sie' }).waitFor(seen);
    await page.getByRole('button', { name: 'Schließen, ohne zu speichern' }).click();
    await rowOf(page, 'Jonas Keller').getByText('Mandantenverwaltung').waitFor();
    await page.getByRole('button', { name: 'Rollen ändern Renate Vogel' }).click();
    await page.getByRole('checkbox', { name: /^Nutzung/ }).uncheck();
    await page.getByRole('button', { name: 'Rollen speichern' }).click();
    await rowOf(page, 'Renate Vogel')
      .getByText('Nutzung')
      .waitFor({ ...seen, state: 'detached' });
  }, 90_000);
});

describe('an auditor', () => {
  it('filters the trail, reads one change before and now, and hands on the link', async () => {
    const jonas = await signIn(stack, 'jonas');
    const size = fresh('R');
    const priced = (cents: number) =>
      jonas.put(`/admin/sizes/${size}`, {
        ...{ vcpus: 2, memoryMiB: 4096, diskGiB: 40, monthlyCostCents: cents, currency: 'EUR' },
      });
    await priced(2_000);
    await priced(2_500);
    const page = await enter(browser, stack, 'renate', '/evidence/audit');
    await page.getByLabel(/^Was/).selectOption({ label: 'Größe geändert' }, seen);
    await page.getByLabel(/^Wer/).selectOption({ label: 'Jonas Keller' });
    const entry = page.getByRole('row').filter({ hasText: size }).first().getByRole('link');
    await entry.click(seen);
    const sheet = page.getByRole('dialog');
    const price = sheet.getByRole('row').filter({ hasText: /20,00\s€/ });
    await price.getByRole('cell', { name: /25,00\s€/ }).waitFor(seen);
    expect(await sheet.getByRole('columnheader').allTextContents()).toEqual(['Angabe', 'Vorher', 'Jetzt']);
    const colleague = await enter(browser, stack, 'renate', page.url().replace(gatewayOf(stack), ''));
    await colleague
      .getByRole('dialog')
      .getByRole('cell', { name: /25,00\s€/ })
      .waitFor(seen);
    expect(await colleague.getByLabel(/^Was/).inputValue()).toBe('tenant.size-defined');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await entry.evaluate((link) => link === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Filter entfernen' }).click();
    expect(new URL(page.url()).search).toBe('');
  }, 90_000);

  it('sees decisions by how long they took, costs and days, each with its table and a harmless file', async () => {
    const [erika, ayse, jonas] = await Promise.all(['erika', 'ayse', 'jonas'].map((user) => signIn(stack, user)));
    if (!erika || !ayse || !jonas) throw new Error('Nobody signed in.');
    // A name that a spreadsheet would take for a formula, from somebody who may choose it.
    const name = `=HYPERLINK("http://x";"${fresh('y')}")`;
    const { person } = await erika.get<{ person: { id: string } }>('/me');
    const { id: projectId } = await jonas.post<{ id: string }>('/admin/projects', { name });
    await jonas.put(`/admin/projects/${projectId}/members/${person.id}`, { lead: false });
    const offer = await offerTo(erika);
    const asked = await submit(erika, { ...offer, projectId }, { environment: 'production' });
    await decide(ayse, asked.id, 'approve');
    await eventually(async () => (await erika.get<{ state: string }>(`/requests/${asked.id}`)).state === 'ready', {
      timeoutMs: 90_000,
      what: 'the machine being ready',
    });

    const page = await enter(browser, stack, 'renate', '/evidence/decisions');
    const complaints = complaintsOf(page);
    await page.getByText(/entschieden: .* genehmigt/).waitFor(seen);
    await page.getByText('Niemand hat über den eigenen Antrag entschieden.').waitFor();
    await page.getByLabel('Reihenfolge').selectOption({ label: 'Langsamste zuerst' });
    await page.getByRole('heading', { name: 'Langsamste Entscheidungen' }).waitFor(seen);
    const csv = page.getByRole('button', { name: 'Als CSV' });
    const decision = (await fileOf(page, csv)).find((line) => line.includes(asked.name));
    expect(decision).toContain(`;"'${name.replaceAll('"', '""')}";`);

    await page.goto(`${gatewayOf(stack)}/evidence/reports`);
    const [costs, days] = ['Kosten nach Projekt', 'Maschinen über die Zeit'].map((title) =>
      page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) }),
    ) as [Locator, Locator];
    const cost = costs.getByRole('row').filter({ hasText: name });
    await cost.getByText(/21,00\s€/).waitFor(seen);
    const file = await fileOf(page, costs.getByRole('button', { name: 'Als CSV' }));
    expect(file.find((one) => one.includes('HYPERLINK'))).toMatch(
      /^"'=HYPERLINK\(""http:\/\/x"";""y-[0-9a-f]+""\)";1;1;2;4;50;21;EUR;\d{4}-\d\d-\d\dT/,
    );

    await days.getByLabel(/^Zeitraum/).selectOption('30');
    await days.getByRole('img').waitFor(seen);
    const table = days.getByRole('table');
    const { days: report } = await (await signIn(stack, 'renate')).get<{ days: { machines: number }[] }>(
      '/reports/machines?days=30',
    );
    await table
      .getByRole('row')
      .nth(1)
      .getByRole('cell', { name: String(report.at(-1)?.machines) })
      .waitFor();
    await days.getByLabel(/^Messgröße/).selectOption({ label: 'vCPU' });
    await days.getByRole('columnheader', { name: 'vCPU' }).waitFor();
    expect((await fileOf(page, days.getByRole('button', { name: 'Als CSV' })))[0]).toMatch(/^Tag;Maschinen;vCPU;/);
    expect(complaints).toEqual([]);
  }, 180_000);

  it('finds no button that changes anything', async () => {
    const page = await enter(browser, stack, 'renate', '/administration/sizes');
    await page.getByRole('table').waitFor(seen);
    expect(await page.getByRole('button', { name: /anlegen|Ändern/ }).count()).toBe(0);
  }, 60_000);
});

describe('a platform administrator', () => {
  it('creates a tenant and names its administrator', async () => {
    const page = await enter(browser, stack, 'petra', '/platform/tenants');
    const slug = fresh('haus');
    await page.getByRole('button', { name: 'Mandant anlegen' }).first().click(seen);
    await fill(page, { Name: 'Anders' });
    await page.getByRole('button', { name: 'Schließen, ohne zu speichern' }).click(); // On purpose, so nothing is asked.
    await page.getByRole('button', { name: 'Mandant anlegen' }).first().click(seen);
    await fill(page, {
      Name: `Haus ${slug}`,
      Kürzel: slug,
      'Mailadresse der ersten Mandantenverwaltung': `chef@${slug}.example`,
    });
    await page.getByRole('button', { name: 'Mandant anlegen' }).click();
    await page.getByText(`chef@${slug}.example`).waitFor(seen);
    await rowOf(page, `Haus ${slug}`).waitFor(seen);
  }, 60_000);

  it('suspends a tenant whose people then read but change nothing, and opens it again', async () => {
    const lukas = await enter(browser, stack, 'lukas', '/administration/projects');
    const session = await signIn(stack, 'lukas');
    const petra = await enter(browser, stack, 'petra', '/platform/tenants');
    const [tenant, later] = ['Südstern Hosting AG', fresh('Später')];
    await petra.getByRole('button', { name: `Sperren … ${tenant}` }).click(seen);
    await petra.getByRole('button', { name: `${tenant} sperren` }).click();
    await rowOf(petra, tenant).getByRole('button', { name: 'Wieder öffnen' }).waitFor(seen);

    // The gateway may know him as he was for a moment.
    await eventually(
      () =>
        session.put('/me/preferences', {}).then(
          () => false,
          (error: { problem?: { code?: string } }) => error.problem?.code === 'tenant.suspended',
        ),
      {
        what: 'the tenant being closed to changes',
        timeoutMs: 30_000,
      },
    );
    // His page is as it was. What he sends is refused, kept, and then the banner stands there, too.
    await lukas.getByRole('button', { name: 'Projekt anlegen' }).click();
    const name = lukas.getByLabel('Name', { exact: true });
    await name.fill(later);
    await lukas.getByRole('button', { name: 'Projekt anlegen' }).click();
    await lukas.getByRole('alert').filter({ hasText: 'gesperrt' }).waitFor(seen);
    const banner = lukas.getByText(
      `${tenant} ist gesperrt. Sie können alles lesen; nichts kann beantragt oder geändert werden.`,
    );
    await banner.waitFor(seen);
    expect(await name.inputValue()).toBe(later);
    await lukas.getByRole('link', { name: 'Kundenportal' }).waitFor(seen);
    const paul = await enter(browser, stack, 'paul', '/', { language: 'en' });
    await paul.getByText(`${tenant} is suspended. You can read everything`).waitFor(seen);

    await petra.getByRole('button', { name: `Wieder öffnen ${tenant}` }).click();
    await rowOf(petra, tenant)
      .getByRole('button', { name: `Sperren … ${tenant}` })
      .waitFor(seen);
    await eventually(
      () =>
        session.put('/me/preferences', {}).then(
          () => true,
          () => false,
        ),
      { what: 'the tenant being open to changes', timeoutMs: 30_000 },
    );
    const again = await enter(browser, stack, 'lukas', '/administration/projects');
    await again.getByRole('button', { name: 'Projekt anlegen' }).click(seen);
    await again.getByLabel('Name', { exact: true }).fill(later);
    await again.getByRole('button', { name: 'Projekt anlegen' }).click();
    await again.getByRole('heading', { level: 1, name: later }).waitFor(seen);
    expect(await again.getByText('ist gesperrt').count()).toBe(0);
  }, 120_000);
});

describe('in English', () => {
  it('a user asks, an approver approves, and both read the same words', async () => {
    const paul = await enter(browser, stack, 'paul', '/', { language: 'en' });
    const name = fresh('web');
    await paul.getByRole('link', { name: 'Request a VM' }).first().click();
    await paul.getByLabel('Name', { exact: true }).fill(name);
    await paul.getByLabel('Environment').selectOption({ label: 'Production' });
    await paul
      .getByRole('complementary')
      .getByText(/€21\.00 a month/)
      .waitFor(seen);
    await paul.getByRole('complementary').getByText('Mira Roth').waitFor();
    await paul.getByRole('button', { name: 'Submit request' }).click();
    await paul.getByRole('heading', { level: 1, name }).waitFor(seen);
    const mira = await enter(browser, stack, 'mira', '/approvals', { language: 'en' });
    await mira.getByRole('link', { name: new RegExp(name) }).click(seen);
    await mira.getByRole('button', { name: 'Approve', exact: true }).click();
    await paul.getByText('Ready', { exact: true }).first().waitFor({ timeout: 60_000 });
    await paul.getByRole('button', { name: 'Copy address' }).waitFor(seen);
  }, 150_000);
});

describe('a machine that is to be deleted', () => {
  it('says what holds it up while vCenter is away, and goes once it is back', async () => {
    const erika = await signIn(stack, 'erika');
    const { id, name } = await submit(erika, await offerTo(erika), { environment: 'development' });
    const vm = await eventually(
      async () => (await erika.get<{ result: { vmId: string } | null }>(`/requests/${id}`)).result?.vmId,
      { timeoutMs: 90_000, what: 'the machine being ready' },
    );
    const page = await enter(browser, stack, 'erika', `/machines/${vm}`);
    await page.getByRole('button', { name: 'Ausschalten', exact: true }).click(seen);
    await page.getByRole('button', { name: `${name} ausschalten` }).click();
    await page.getByText('Ausgeschaltet').waitFor(seen);
    process.kill(stack.vcsim.pid, 'SIGSTOP');
    try {
      await page.getByRole('button', { name: 'Außer Betrieb nehmen …' }).click();
      await page.getByRole('textbox').fill(name);
      await page.getByRole('button', { name: `${name} außer Betrieb nehmen` }).click();
      await page.getByText(/Noch nicht gelöscht, seit .*: vCenter/).waitFor({ timeout: 120_000 });
      await page
        .getByRole('status')
        .getByText(/vCenter Rechenzentrum ist seit .* nicht erreichbar/)
        .waitFor(seen);
    } finally {
      process.kill(stack.vcsim.pid, 'SIGCONT');
    }
    await page.getByText('Außer Betrieb', { exact: true }).waitFor({ timeout: 120_000 });
    expect(await page.getByText('Noch nicht gelöscht').count()).toBe(0);
  }, 360_000);
});
