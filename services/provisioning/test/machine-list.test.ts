import { randomUUID } from 'node:crypto';
import type { listVms } from '@dvmm/contracts';
import type { Input } from '@eaf/messaging/contract';
import type { TestDatabase } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ListVms } from '../src/features/list-vms.js';
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
