import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { contracts, services } from '@dvmm/contracts';
import { streamName } from '@eaf/messaging';
import { eventually } from '@eaf/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyTrail } from '../src/audit/verify-trail.js';
import {
  gatewayOf,
  lookInside,
  offerTo,
  type Person,
  type Stack,
  signIn,
  startStack,
  stopStack,
  submit,
  superuserOf,
  verifierOf,
} from './stack-under-test.js';

interface Removal {
  readonly id: string;
  readonly slug: string;
  readonly requestedBy: { readonly name?: string };
  readonly certificate: {
    readonly rows: { readonly schema: string; readonly table: string; readonly rows: number }[];
    readonly machines: number;
    readonly lastAudit: { readonly number: number; readonly hash: string } | null;
  } | null;
}

const job = fileURLToPath(new URL('../dist/farewell.js', import.meta.url));

let stack: Stack;
let petra: Person;
let jonas: Person;
let erika: Person;
let nordwind: { id: string; name: string };
let suedstern: { id: string; name: string };

beforeAll(async () => {
  stack = await startStack();
  [petra, jonas, erika] = (await Promise.all(['petra', 'jonas', 'erika'].map((user) => signIn(stack, user)))) as [
    Person,
    Person,
    Person,
  ];
  const { items } = await petra.get<{ items: { id: string; slug: string; name: string }[] }>('/admin/tenants');
  const named = (slug: string) => items.find((tenant) => tenant.slug === slug) as { id: string; name: string };
  [nordwind, suedstern] = [named('nordwind'), named('suedstern')];
  const { mainJob } = await import('../src/job/main-job.js');
  await Promise.all([
    mainJob(stack.settings),
    mainJob(stack.settings, { requester: 'paul', approver: 'mira', networkName: 'Büro (DHCP)' }),
  ]);
  await submit(erika, await offerTo(erika));
  await eventually(async () => (await eventsOutsideTheTrail()) === 0, {
    timeoutMs: 60_000,
    what: 'all events in the trail',
  });
}, 300_000);
afterAll(() => stopStack(stack));

const removals = async () => (await petra.get<{ items: Removal[] }>('/admin/removals')).items;
const removalOf = async ({ id }: { id: string }) => (await removals()).find((one) => one.id === id);
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'granted',
    (error: { problem?: { code?: string } }) => error.problem?.code,
  );

async function eventsOutsideTheTrail(): Promise<number> {
  const all = services.map((service) => `SELECT tenant_id, id FROM ${service}.event`).join(' UNION ALL ');
  const [counted] = await lookInside<{ n: number }>(
    stack,
    `SELECT count(*)::int AS n FROM (${all}) AS event
     WHERE NOT EXISTS (SELECT FROM tenant.audit_entry AS entry WHERE entry.tenant_id = event.tenant_id AND entry.event_id = event.id)`,
  );
  return counted?.n ?? -1;
}

/** Every table of every service, whatever its columns. */
const tables = () =>
  lookInside<{ name: string; of_tenants: boolean }>(
    stack,
    `SELECT n.nspname || '.' || c.relname AS name, EXISTS (
              SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'tenant_id' AND NOT attisdropped) AS of_tenants
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') ORDER BY 1`,
    [[...services]],
  );

/** Number and hash of a tenant's rows, by table; without those that move by themselves. */
async function rowsOf(tenant: string, but: string[] = []): Promise<Record<string, string>> {
  const looked = (await tables()).filter(({ name, of_tenants }) => of_tenants && !but.includes(name));
  const found = await lookInside<{ name: string; n: number; hash: string }>(
    stack,
    looked
      .map(
        ({ name }) =>
          `SELECT '${name}' AS name, count(*)::int AS n, md5(string_agg(t::text, '' ORDER BY t::text)) AS hash
           FROM ${name} AS t WHERE tenant_id = $1`,
      )
      .join(' UNION ALL '),
    [tenant],
  );
  return Object.fromEntries(found.filter(({ n }) => n > 0).map(({ name, n, hash }) => [name, `${n} ${hash}`]));
}

async function messagesOf(tenant: string): Promise<number> {
  const { passwordOf } = await import('../src/local-settings.js');
  const { addressesOf } = await import('../src/addresses.js');
  const { settings } = stack;
  const connection = await connect({
    servers: addressesOf(settings).nats,
    user: 'setup',
    pass: passwordOf(settings, 'nats-setup'),
  });
  const { streams } = await jetstreamManager(connection);
  let count = 0;
  for (const service of services) {
    const filter = `dvmm.${service}.${tenant}.>`;
    const { state } = await streams.info(streamName(contracts.prefix, service), { subjects_filter: filter });
    for (const n of Object.values(state.subjects ?? {})) count += n;
  }
  await connection.close();
  return count;
}

async function runJob(): Promise<{ exit: Promise<number | null>; output: () => string; kill: () => void }> {
  const { farewellEnvironment } = await import('../src/own-parts.js');
  const child = spawn(process.execPath, [job], { env: farewellEnvironment(stack.settings) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return {
    exit: new Promise((resolve) => child.once('exit', (code) => resolve(code))),
    output: () => output,
    kill: () => child.kill('SIGKILL'),
  };
}

describe('removing a tenant', () => {
  const moving = ['provisioning.inventory', 'provisioning.vcenter', ...services.map((service) => `${service}.due`)];
  let before: Record<string, string>;
  let others: Record<string, string>;
  let lastAudit: { number: number; hash: string } | undefined;

  it('asks for its name, and nobody but the platform administration may', async () => {
    const path = `/admin/tenants/${nordwind.id}/removal`;
    expect(await petra.get(path)).toEqual({ people: 8, projects: 1, machines: 1, underWay: 0 });
    expect(await codeOf(petra.post(path, { confirmName: 'Nordwind' }))).toBe('tenant.name-does-not-match');
    expect(await codeOf(jonas.post(path, { confirmName: nordwind.name }))).toBe('not-allowed');
    expect(await codeOf(jonas.get(path))).toBe('not-allowed');
    expect(await removals()).toEqual([]);
  });

  it('closes it at once: nobody is in any more, nobody comes in, no text can be opened', async () => {
    await stack.parts.get('farewell')?.stop();
    before = await rowsOf(nordwind.id);
    others = await rowsOf(suedstern.id, moving);
    expect(Object.keys(before).length).toBeGreaterThan(30);
    await petra.post(`/admin/tenants/${nordwind.id}/removal`, { confirmName: nordwind.name }, 'asked-only-once');
    await petra.post(`/admin/tenants/${nordwind.id}/removal`, { confirmName: nordwind.name }, 'asked-only-once');
    expect(await codeOf(petra.post(`/admin/tenants/${nordwind.id}/removal`, { confirmName: nordwind.name }))).toBe(
      'not-found',
    );
    expect(await codeOf(petra.post(`/admin/tenants/${nordwind.id}/resume`, {}))).toBe('not-found');
    expect(await removals()).toMatchObject([
      { slug: 'nordwind', requestedBy: { name: 'Petra Lindner' }, certificate: null },
    ]);
    await eventually(async () => (await codeOf(jonas.get('/me'))) === 'membership.none', { what: 'sessions ending' });
    await expect(signIn(stack, 'erika')).rejects.toThrow('membership.none');
    expect(await rowsOf(nordwind.id)).not.toHaveProperty(['tenant.person']);
  });

  it('goes on where it was when the job is killed in its middle', async () => {
    [lastAudit] = await lookInside<{ number: number; hash: string }>(
      stack,
      "SELECT number::int, encode(hash, 'hex') AS hash FROM tenant.audit_entry WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1",
      [nordwind.id],
    );
    const blocker = await superuserOf(stack);
    await blocker.query('BEGIN');
    await blocker.query('SELECT FROM provisioning.vm WHERE tenant_id = $1 FOR UPDATE', [nordwind.id]);
    const first = await runJob();
    await eventually(() => first.output().includes('request.event'), { what: 'the first schema being emptied' });
    first.kill();
    await first.exit;
    await blocker.query('ROLLBACK');
    await blocker.end();
    expect(await removalOf(nordwind)).toMatchObject({ certificate: null });
    const half = await rowsOf(nordwind.id);
    expect(half).not.toHaveProperty(['request.event']);
    expect(half).toHaveProperty(['tenant.event']);

    const second = await runJob();
    expect(await second.exit, second.output()).toBe(0);
    const removal = await removalOf(nordwind);
    expect(removal?.certificate).toMatchObject({ machines: 1, lastAudit });
    const counted = Object.fromEntries(
      removal?.certificate?.rows.map(({ schema, table, rows }) => [`${schema}.${table}`, rows]) ?? [],
    );
    for (const table of ['request.event', 'request.request', 'approval.event', 'provisioning.vm', 'tenant.project'])
      expect(counted[table], table).toBe(Number(before[table]?.split(' ')[0]));
  });

  it('leaves no row of it in any table, and no message in any stream', async () => {
    expect(await rowsOf(nordwind.id)).toEqual({});
    const mentions = await lookInside<{ name: string; n: number }>(
      stack,
      (await tables())
        .map(
          ({ name }) =>
            `SELECT '${name}' AS name, count(*)::int AS n FROM ${name} AS t WHERE t::text LIKE '%' || $1::text || '%'`,
        )
        .join(' UNION ALL '),
      [nordwind.id],
    );
    // What says that it has gone, and nothing else: each schema's mark, and the platform's own facts, their being heard, and its answer.
    const marks = Object.fromEntries(services.map((service) => [`${service}.departed_tenant`, 1]));
    const heard = { 'tenant.position': 1, 'approval.position': 1, 'notification.position': 1 };
    expect(Object.fromEntries(mentions.filter(({ n }) => n > 0).map(({ name, n }) => [name, n]))).toEqual({
      ...marks,
      ...heard,
      'tenant.tenant_registry': 1,
      'tenant.event': 2,
      'tenant.command': 1,
      'tenant.audit_entry': 2,
    });
    expect(await messagesOf(nordwind.id)).toBe(0);
    expect(await messagesOf(suedstern.id)).toBeGreaterThan(50);
  });

  it('leaves the other tenant as it was, row by row', async () => {
    expect(await rowsOf(suedstern.id, moving)).toEqual(others);
    await (await signIn(stack, 'paul')).get('/me');
  });

  it('does nothing the second time', async () => {
    const platform = '00000000-0000-4000-8000-000000000000';
    const [was, rows] = [await removals(), await rowsOf(platform, ['tenant.position'])];
    const again = await runJob();
    expect(await again.exit).toBe(0);
    expect(again.output()).toBe('');
    expect(await removals()).toEqual(was);
    expect((await rowsOf(platform, ['tenant.position']))['tenant.event']).toBe(rows['tenant.event']);
  });

  it('makes no row again of what comes late', async () => {
    const client = await superuserOf(stack);
    await client.query('SET ROLE tenant_app');
    await client.query('BEGIN');
    await client.query("SELECT set_config('eaf.tenant', $1, true)", [nordwind.id]);
    await expect(
      client.query('INSERT INTO tenant.project (tenant_id, id, name) VALUES ($1, gen_random_uuid(), $2)', [
        nordwind.id,
        'zu spät',
      ]),
    ).rejects.toThrow('not_departed');
    await client.end();
    const open = await lookInside<{ name: string }>(
      stack,
      `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
       WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p')
         AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'not_departed' AND NOT p.polpermissive)`,
      [[...services]],
    );
    expect(open).toEqual([]);
  });

  it('leaves the audit trails of the others and of the platform whole', async () => {
    await eventually(async () => (await eventsOutsideTheTrail()) === 0, { what: 'all events in the trail' });
    const client = await verifierOf(stack);
    const findings = [];
    for await (const finding of verifyTrail(client)) findings.push(finding);
    await client.end();
    expect(findings).toEqual([]);
  });

  it('needs nobody to run the job where it watches', async () => {
    const { startFarewell } = await import('../src/own-parts.js');
    stack.parts.set('farewell', await startFarewell(stack.settings));
    await petra.post(`/admin/tenants/${suedstern.id}/removal`, { confirmName: suedstern.name });
    await eventually(async () => (await removalOf(suedstern))?.certificate != null, {
      timeoutMs: 30_000,
      what: 'the certificate',
    });
    expect(await rowsOf(suedstern.id)).toEqual({});
    expect((await petra.get<{ items: unknown[] }>('/admin/tenants')).items).toEqual([]);
  });

  it('is remembered by the next start, which enters nothing anew', async () => {
    const { removedDemoTenants } = await import('../src/job/demo.js');
    await stack.stop();
    stack = await startStack();
    expect(await removedDemoTenants(stack.settings)).toEqual(['nordwind', 'suedstern']);
    expect((await fetch(`${gatewayOf(stack)}/health/live`)).status).toBe(200);
    expect(await rowsOf(nordwind.id)).toEqual({});
    petra = await signIn(stack, 'petra');
    expect((await removals()).map(({ slug }) => slug).sort()).toEqual(['nordwind', 'suedstern']);
  }, 120_000);
});
