import { randomUUID } from 'node:crypto';
import type { listVms } from '@dvmm/contracts';
import type { Input } from '@eaf/messaging/contract';
import type { TestDatabase } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwayVCenters } from '../src/features/away-vcenters.js';
import { ListVms } from '../src/features/list-vms.js';
import { ReportMachines } from '../src/features/report-machines.js';
import {
  administrator,
  provisioningDatabase,
  type Replica,
  setEnvironment,
  startReplica,
  tenant,
} from './provisioning-under-test.js';

let test: TestDatabase;
let replica: Replica;
let environment: { remove(): void };
const project = randomUUID();

beforeAll(async () => {
  environment = setEnvironment();
  test = await provisioningDatabase();
  const vcenter = randomUUID();
  await test.admin.query(
    `INSERT INTO provisioning.vcenter (tenant_id, id, name, host, port, username, datacenter, resource_pool, datastore, folder, max_clones, credentials_version)
     VALUES ($1, $2, 'vc', 'h', 443, 'u', 'd', 'r', 's', 'f', 4, 1)`,
    [tenant, vcenter],
  );
  // Prices of different length and twice the same, two projects, one that is gone.
  await test.admin.query(
    `INSERT INTO provisioning.vm (tenant_id, id, request_id, name, owner_id, project_id, project_name, size, environment, state, power,
                                  addresses, created_at, template_id, vcenter_id, moref, instance_uuid)
     SELECT $1, gen_random_uuid(), gen_random_uuid(), 'vm-' || n, gen_random_uuid(),
            CASE WHEN n % 2 = 0 THEN $3::uuid ELSE gen_random_uuid() END, 'P' || n % 2,
            jsonb_build_object('key', 'S', 'vcpus', 1, 'memoryMiB', 1024, 'diskGiB', 10, 'currency', 'EUR',
                               'monthlyCostCents', (ARRAY[900, 10000, 900, 2100, 0, 250000, 1])[n]),
            'test', CASE WHEN n = 7 THEN 'decommissioned' ELSE 'running' END, (ARRAY['on', 'off'])[1 + n % 2], '[]',
            timestamptz '2026-11-24 12:00Z' + n * interval '1 minute', gen_random_uuid(), $2, 'vm-' || n, gen_random_uuid()
     FROM generate_series(1, 7) AS n`,
    [tenant, vcenter, project],
  );
  replica = await startReplica(test);
}, 60_000);
afterAll(async () => {
  await replica?.stop();
  await test?.drop();
  environment?.remove();
});

const ask = (asked: Partial<Input<typeof listVms>>) => {
  const input = { limit: 2, sort: 'name' as const, descending: false, ...asked };
  return replica.app.get(ListVms).handle(input, administrator);
};

async function everyPage(asked: Partial<Input<typeof listVms>>) {
  const items: Awaited<ReturnType<typeof ask>>['items'] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await ask({ ...asked, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  }
  return items;
}

describe('the list of machines', () => {
  it('is read page by page in every order, each machine once', async () => {
    const names = async (sort: Input<typeof listVms>['sort'], descending = false) =>
      (await everyPage({ sort, descending })).map(({ name }) => name.slice(3)).join('');
    expect([await names('name'), await names('name', true)]).toEqual(['123456', '654321']);
    expect([await names('created'), await names('created', true)]).toEqual(['123456', '654321']);
    const costs = (await everyPage({ sort: 'cost' })).map(({ size }) => size.monthlyCostCents);
    expect(costs).toEqual([0, 900, 900, 2100, 10_000, 250_000]);
    const dearest = (await everyPage({ sort: 'cost', descending: true })).map(({ size }) => size.monthlyCostCents);
    expect(dearest).toEqual(costs.toReversed());
    expect((await everyPage({ sort: 'power' })).map(({ power }) => power)).toEqual([
      'off',
      'off',
      'off',
      'on',
      'on',
      'on',
    ]);
    expect((await everyPage({ sort: 'project' })).map(({ project: of }) => of.name).join('')).toBe('P0P0P0P1P1P1');
  });

  it('counts all that fit, not only those of the page', async () => {
    expect((await ask({})).total).toBe(6);
    expect((await ask({ projectId: project })).total).toBe(3);
    expect((await ask({ name: 'vm-3' })).total).toBe(1);
    const { nextCursor, total } = await ask({});
    expect([total, (await ask({ cursor: nextCursor ?? '' })).total]).toEqual([6, 6]);
  });

  it('begins anew with a cursor of another order', async () => {
    const { nextCursor } = await ask({ sort: 'name' });
    const { items } = await ask({ sort: 'created', cursor: nextCursor ?? '' });
    expect(items.map(({ name }) => name)).toEqual(['vm-1', 'vm-2']);
  });
});

describe('the report on machines', () => {
  const report = (days = 7) => replica.app.get(ReportMachines).handle({ days }, administrator);

  it('sums what each project has and costs now, dearest first, without what is gone', async () => {
    const { projects } = await report();
    const brief = projects.map(({ project: { name }, machines, poweredOn, vcpus, memoryMiB, monthlyCostCents }) => ({
      ...{ name, machines, poweredOn, vcpus, memoryMiB, monthlyCostCents },
    }));
    const one = (name: string, monthlyCostCents: number) => ({
      ...{ name, machines: 1, poweredOn: 0, vcpus: 1, memoryMiB: 1024, monthlyCostCents },
    });
    expect(brief).toEqual([
      { name: 'P0', machines: 3, poweredOn: 3, vcpus: 3, memoryMiB: 3072, monthlyCostCents: 10_000 + 2_100 + 250_000 },
      ...[one('P1', 900), one('P1', 900), one('P1', 0)],
    ]);
  });

  it('has a line for each day up to today, and what stood at its end', async () => {
    const day = 24 * 3_600_000;
    await test.admin.query(
      `UPDATE provisioning.vm SET created_at = now() - interval '3 days' WHERE tenant_id = $1 AND name = 'vm-1'`,
      [tenant],
    );
    await test.admin.query(
      `UPDATE provisioning.vm SET created_at = now() - interval '40 days' WHERE tenant_id = $1 AND name <> 'vm-1'`,
      [tenant],
    );
    const { days, asOf } = await report();
    expect(days.map((one) => one.day)).toEqual(
      Array.from({ length: 7 }, (_, index) =>
        new Date(new Date(asOf).getTime() - (6 - index) * day).toISOString().slice(0, 10),
      ),
    );
    // The seventh is gone by its row, but no event says since when: it counts as it stood.
    expect(days.map(({ machines }) => machines)).toEqual([6, 6, 6, 7, 7, 7, 7]);
    expect(days.at(-1)).toMatchObject({ vcpus: 7, memoryMiB: 7 * 1024, diskGiB: 70 });
  });
});

describe('vCenters that are away', () => {
  it('are told with since when, longest first, and only those', async () => {
    const away = () => replica.app.get(AwayVCenters).handle({}, administrator);
    expect(await away()).toEqual({ away: [] });
    const add = (name: string, since: string | null, of = tenant) =>
      test.admin.query(
        `INSERT INTO provisioning.vcenter (tenant_id, id, name, host, port, username, datacenter, resource_pool, datastore, folder, max_clones, credentials_version, away_since)
         VALUES ($1, gen_random_uuid(), $2, 'h', 443, 'u', 'd', 'r', 's', 'f', 4, 1, $3)`,
        [of, name, since],
      );
    await add('jünger', '2026-11-24T13:40:00Z');
    await add('älter', '2026-11-24T09:00:00Z');
    await add('fremd', '2026-11-24T09:00:00Z', randomUUID());
    expect((await away()).away.map(({ name, since }) => [name, since])).toEqual([
      ['älter', '2026-11-24T09:00:00.000Z'],
      ['jünger', '2026-11-24T13:40:00.000Z'],
    ]);
  });
});
