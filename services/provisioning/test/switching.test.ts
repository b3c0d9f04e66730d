import { randomUUID } from 'node:crypto';
import { isRefusal } from '@eaf/messaging/contract';
import type { TestDatabase } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vmIdOf } from '../src/domain/vm-id.js';
import { ConnectVCenter } from '../src/features/connect-vcenter.js';
import { PowerVm } from '../src/features/power-vm.js';
import { openVSphere } from '../src/hypervisor/vsphere/open-vsphere.js';
import { startVCenter, TEMPLATE, type VCenter } from './hypervisor/vcsim.js';
import {
  administrator,
  entryOf,
  granted,
  provisioningDatabase,
  type Replica,
  setEnvironment,
  startReplica,
  tenant,
} from './provisioning-under-test.js';

const environment = setEnvironment();
/** A reset takes longer than anybody waits, and a guest goes on for a while after it was asked to shut down. */
const slow = ['-method-delay', 'ResetVM_Task:2500,Reset:9000,ShutdownGuest:1200,LockHandoff:0'];
const soon = 20_000;
let test: TestDatabase;
let vcenter: VCenter;
let replica: Replica;
let vcenterId: string;

beforeAll(async () => {
  [test, vcenter] = await Promise.all([provisioningDatabase(), startVCenter(slow)]);
  replica = await startReplica(test);
  vcenterId = granted(await replica.app.get(ConnectVCenter).handle(entryOf(vcenter, 'Main'), administrator)).id;
});
afterAll(async () => {
  await replica?.stop();
  await vcenter?.stop();
  await test?.drop();
  environment.remove();
});

const power = (id: string, action: 'shutdown' | 'reset' | 'on' | 'off', key?: string) =>
  replica.app
    .get(PowerVm)
    .handle(
      { id, action },
      key ? { ...administrator, idempotency: { operation: 'power', key, inputHash: action } } : administrator,
    );
const resets = () => vcenter.requests().filter((request) => request.includes('ResetVM_Task>')).length;

/** A VM of ours that runs, as a run would have left it. */
async function runningVm(name: string): Promise<string> {
  const requestId = randomUUID();
  const id = vmIdOf(requestId);
  const owner = { marker: requestId, instanceUuid: id };
  const hypervisor = openVSphere(vcenter.connection());
  await hypervisor.ensureFolder(soon);
  const clone = await hypervisor.cloneFromTemplate({ ...owner, name, template: TEMPLATE }, soon);
  const { vm = '' } = await hypervisor.waitForTask(clone, () => {}, soon);
  await hypervisor.waitForTask(await hypervisor.powerOn(vm, owner, soon), () => {}, soon);
  await hypervisor.close();
  await test.admin.query(
    `INSERT INTO provisioning.vm (tenant_id, id, request_id, name, owner_id, project_id, project_name, size, environment, state, power,
                                  addresses, created_at, template_id, vcenter_id, moref, instance_uuid)
     VALUES ($1, $2, $3, $4, gen_random_uuid(), gen_random_uuid(), 'P', '{}', 'test', 'running', 'on', '[]', now(), gen_random_uuid(), $5, $6, $2)`,
    [tenant, id, requestId, name, vcenterId, vm],
  );
  return id;
}

describe('switching a VM', { timeout: 60_000 }, () => {
  it('is answered within one deadline, not one for each call', async () => {
    const id = await runningVm('patient');
    const began = performance.now();
    expect(await power(id, 'reset')).toEqual({ id, power: 'unknown' });
    expect(performance.now() - began).toBeLessThan(5_500);
  });

  it('is done once where it is asked twice at the same moment with one key', async () => {
    const id = await runningVm('twice');
    const before = resets();
    const key = randomUUID();
    const answers = await Promise.all([power(id, 'reset', key), power(id, 'reset', key)]);
    expect(answers.filter(isRefusal)).toEqual([]);
    expect(resets() - before).toBe(1);
  });

  it('is not done again where the process died after it', async () => {
    const id = await runningVm('crashed');
    const before = resets();
    const key = randomUUID();
    await test.admin.query(`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'died'; END $$;
      CREATE TRIGGER die BEFORE INSERT ON provisioning.event FOR EACH ROW WHEN (NEW.type = 'provisioning.vm-power-changed')
      EXECUTE FUNCTION die()`);
    await expect(power(id, 'reset', key)).rejects.toThrow('died');
    await test.admin.query('DROP TRIGGER die ON provisioning.event');
    expect(await power(id, 'reset', key)).toEqual({ id, power: 'on' });
    expect(resets() - before).toBe(1);
  });

  it('says on while the guest shuts down, and off once it has', async () => {
    const id = await runningVm('leaving');
    expect(await power(id, 'shutdown')).toEqual({ id, power: 'on' });
    await expect
      .poll(() => test.admin.query('SELECT power FROM provisioning.vm WHERE id = $1', [id]).then(({ rows }) => rows), {
        timeout: soon,
      })
      .toEqual([{ power: 'off' }]);
  });

  it('is refused with words where the host is no longer allowed', async () => {
    const id = await runningVm('shut-out');
    await test.admin.query(
      `UPDATE provisioning.vcenter SET host = '10.255.0.1', credentials_version = credentials_version + 1`,
    );
    expect(await power(id, 'off')).toEqual({
      refused: 'vm.not-switched',
      detail: { reason: 'vcenter-host-not-allowed' },
    });
  });
});
