import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '@eaf/testing';
import { type Browser, chromium } from 'playwright-core';
import { addressesOf } from './addresses.js';
import { root } from './folder.js';
import { login } from './job/seed.js';
import { Session } from './job/session.js';
import { type LocalSettings, localSettingsOfRunning } from './local-settings.js';

const help = `npm run screenshots [-- <part of a file's name>]
Takes a picture of every screen of the portal, in both languages and themes, on a desktop and a phone, from the local set-up
while it runs (npm start), into docs/screenshots/.`;

if (process.argv.includes('--help')) {
  console.log(help);
  process.exit(0);
}
const wanted = process.argv[2] ?? '';
const settings = localSettingsOfRunning();
const { gateway } = addressesOf(settings);
const folder = join(root, 'docs/screenshots');
mkdirSync(folder, { recursive: true });

const looks = ['de', 'en'].flatMap((language) =>
  ['light', 'dark'].flatMap((theme) =>
    [
      { size: 'desktop', width: 1440, height: 900 },
      { size: 'phone', width: 390, height: 844 },
    ].map((screen) => ({ language, theme, ...screen })),
  ),
);
const browser = await chromium.launch({ executablePath: findBrowser(console.log), args: ['--no-sandbox'] });
try {
  for (const { user, pages } of await everyPage(settings)) {
    for (const look of looks) {
      const names = pages.map(([name, path]) => ({
        path,
        file: `${name}-${look.size}-${look.language}-${look.theme}.png`,
      }));
      const chosen = names.filter(({ file }) => file.includes(wanted));
      if (chosen.length > 0) await take(browser, user, look, chosen);
    }
  }
} finally {
  await browser.close();
}

/** Every screen, as the person who works on it. Ids are those of what the set-up holds. */
async function everyPage(of: LocalSettings): Promise<{ user: string; pages: [string, string][] }[]> {
  const erika = await Session.open(gateway, login(of, 'erika'));
  const [request] = (await erika.get<{ items: { id: string }[] }>('/requests?state=ready')).items;
  const [vm] = (await erika.get<{ items: { id: string }[] }>('/vms')).items;
  return [
    {
      user: 'erika',
      pages: [
        ['home', '/'],
        ['new-request', '/requests/new'],
        ['requests', '/requests'],
        ['settings', '/settings'],
        ...(request ? [['request', `/requests/${request.id}`] as [string, string]] : []),
        ['notifications', '/notifications'],
        ['machines', '/machines'],
        ...(vm ? [['machine', `/machines/${vm.id}`] as [string, string]] : []),
      ],
    },
    { user: 'ayse', pages: [['approvals', '/approvals']] },
    {
      user: 'renate',
      pages: [
        ['audit', '/evidence/audit'],
        ['decisions', '/evidence/decisions'],
        ['reports', '/evidence/reports'],
        ['deliveries', '/evidence/deliveries'],
      ],
    },
    {
      user: 'jonas',
      pages: [
        'projects',
        'people',
        'policies',
        'quotas',
        'sizes',
        'templates',
        'networks',
        'naming',
        'runs',
        'vcenter',
        'mail',
        'branding',
      ].map((page): [string, string] => [`administration-${page}`, `/administration/${page}`]),
    },
    { user: 'petra', pages: [['tenants', '/platform/tenants']] },
  ];
}

async function take(
  of: Browser,
  user: string,
  look: (typeof looks)[number],
  pages: { path: string; file: string }[],
): Promise<void> {
  const context = await of.newContext({
    viewport: { width: look.width, height: look.height },
    locale: look.language === 'en' ? 'en-GB' : 'de-DE',
    colorScheme: look.theme === 'dark' ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const { user: name, password } = login(settings, user);
  await page.goto(`${gateway}/auth/login?returnTo=/`);
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  for (const { path, file } of pages) {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(gateway + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    await page.screenshot({ path: join(folder, file) });
    console.log(file);
  }
  await context.close();
}
