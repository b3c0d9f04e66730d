import type { Vcsim } from '@eaf/testing';
import { eventually } from '@eaf/testing';
import { addressesOf } from '../addresses.js';
import { type LocalSettings, passwordOf } from '../local-settings.js';
import { emailOf, passwordFor, people, personNamed } from '../people.js';
import { Session } from './session.js';

interface Named {
  readonly id: string;
  readonly name: string;
}
type Page<T> = { readonly items: T[] };

const tenants = [
  { slug: 'nordwind', name: 'Nordwind Logistik GmbH', project: 'Webshop', administrator: 'jonas' },
  { slug: 'suedstern', name: 'Südstern Hosting AG', project: 'Kundenportal', administrator: 'lukas' },
];

export const login = (settings: LocalSettings, user: string) => ({
  user,
  password: passwordFor(settings, personNamed(user)),
});

/** The template that both tenants offer from the start. */
export const ubuntu = 'Ubuntu 24.04 LTS';
const monthMs = 33 * 24 * 3_600_000;

/**
 * Two tenants with all that a first request needs, entered through the API by the people whose job it is. It plays a month
 * ago, so that the history that follows has something to stand on.
 */
export async function seed(
  settings: LocalSettings,
  vcsim: Vcsim,
  setupToken: string,
  say: (line: string) => void,
): Promise<void> {
  const { gateway } = addressesOf(settings);
  const at = new Date(Date.now() - monthMs);
  const petra = (await Session.open(gateway, login(settings, 'petra'), { via: `/setup/${setupToken}`, at })).at(at);
  say('Petra Lindner is platform administrator, by the one-time link');
  for (const tenant of tenants) {
    const { slug, name, administrator } = tenant;
    await petra.post(
      '/admin/tenants',
      { slug, name, administratorEmail: emailOf(personNamed(administrator)) },
      `seed-tenant-${slug}`,
    );
    const admin = (await Session.open(gateway, login(settings, administrator), { at })).at(at);
    await seedTenant(settings, vcsim, tenant, admin, at);
    say(`${name}: people, project, quota, vCenter, template, networks, policy, SMTP`);
  }
}

async function seedTenant(
  settings: LocalSettings,
  vcsim: Vcsim,
  { slug, project }: (typeof tenants)[number],
  admin: Session,
  at: Date,
): Promise<void> {
  const key = (what: string) => `seed-${slug}-${what}`;
  const { id: projectId } = await admin.post<Named>('/admin/projects', { name: project }, key('project'));
  const { person } = await admin.get<{ person: { id: string } }>('/me');
  await admin.put(`/admin/projects/${projectId}/members/${person.id}`, { lead: true });
  for (const member of people.filter((one) => one.tenant === slug && one.role !== 'tenant-admin')) {
    const projects = member.role === 'user' ? [{ projectId, lead: false }] : [];
    await admin.post(
      '/admin/members',
      { email: emailOf(member), roles: [member.role], projects },
      key(`invite-${member.user}`),
    );
    await Session.open(addressesOf(settings).gateway, login(settings, member.user), { at });
  }
  await admin.put(`/admin/projects/${projectId}/quota`, {
    limits: { vms: 40, vcpus: 160, memoryMiB: 320 * 1024, diskGiB: 4_000 },
  });
  await seedVCenter(settings, vcsim, slug, admin, key);
  await admin.put('/admin/smtp', {
    host: '127.0.0.1',
    port: settings.ports.smtp,
    security: 'none',
    username: 'dvmm',
    password: passwordOf(settings, 'smtp'),
    from: `dvmm@${slug}.example`,
    fromName: 'DVMM',
  });
  await admin.put('/admin/policies', {
    name: 'Standard',
    projectId: null,
    automaticWhen: { sizes: ['S'], environments: ['development'] },
    stages: [{ name: 'Genehmigung', approvers: [{ role: 'approver', of: 'tenant' }], quorum: 1 }],
  });
}

async function seedVCenter(
  settings: LocalSettings,
  vcsim: Vcsim,
  slug: string,
  admin: Session,
  key: (what: string) => string,
): Promise<void> {
  const vcenter = await admin.post<Named>(
    '/admin/vcenters',
    {
      name: 'Rechenzentrum',
      host: '127.0.0.1',
      port: settings.ports.vcenter,
      username: vcsim.user,
      password: vcsim.password,
      certificate: vcsim.ca,
      datacenter: 'DC0',
      resourcePool: 'DC0_C0/Resources',
      datastore: 'LocalDS_0',
      folder: `dvmm/${slug}`,
    },
    key('vcenter'),
  );
  const test = await admin.post<{
    ok: boolean;
    checks: { check: string; ok: boolean; detail: string }[];
    templates: string[];
  }>(`/admin/vcenters/${vcenter.id}/test`, {});
  if (!test.ok) throw new Error(`The vCenter test failed: ${JSON.stringify(test.checks.filter(({ ok }) => !ok))}`);
  await admin.post(
    '/admin/templates',
    {
      name: ubuntu,
      vcenterId: vcenter.id,
      vcenterName: 'ubuntu-24.04',
      guest: 'linux',
      loginText: {
        de: 'Melden Sie sich mit Ihrem SSH-Schlüssel als Benutzer „ubuntu“ an.',
        en: 'Sign in as user “ubuntu” with your SSH key.',
      },
    },
    key('template'),
  );
  const network = { vcenterId: vcenter.id, vcenterName: 'VM Network' };
  await admin.post(
    '/admin/networks',
    { ...network, name: 'Büro (DHCP)', addressing: { mode: 'dhcp' } },
    key('network-dhcp'),
  );
  const octet = slug === 'nordwind' ? 21 : 22;
  await admin.post(
    '/admin/networks',
    {
      ...network,
      name: 'Produktion',
      addressing: {
        mode: 'static',
        first: `10.20.${octet}.10`,
        last: `10.20.${octet}.200`,
        prefixLength: 24,
        gateway: `10.20.${octet}.1`,
        dnsServers: [`10.20.${octet}.2`],
      },
    },
    key('network-static'),
  );
  await eventually(async () => (await admin.get<Page<Named>>('/templates')).items.length > 0, {
    what: 'the template being offered',
  });
}
