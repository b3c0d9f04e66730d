import { randomUUID } from 'node:crypto';
import { requestApproved, requestCancelRequested } from '@dvmm/contracts';
import { EventStore, keepCopy } from '@eaf/event-store';
import { type Heard, isRefusal, type Recorded } from '@eaf/messaging/contract';
import { eventually, listVcsimVms, loginToVcsim, playGuests, type TestDatabase } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vmIdOf } from '../src/domain/vm-id.js';
import { lastLook } from '../src/farewell.js';
import { ChangeVCenter } from '../src/features/change-vcenter.js';
import { CheckVm } from '../src/features/check-vm.js';
import { ConnectVCenter } from '../src/features/connect-vcenter.js';
import { DecommissionVm } from '../src/features/decommission-vm.js';
import { GetVm } from '../src/features/get-vm.js';
import { HoldName } from '../src/features/hold-name.js';
import { ListRuns } from '../src/features/list-runs.js';
import { ListVms } from '../src/features/list-vms.js';
import { OfferNetwork } from '../src/features/offer-network.js';
import { OfferTemplate } from '../src/features/offer-template.js';
import { OnRequestApproved } from '../src/features/on-request-approved.js';
import { OnRequestCancelRequested } from '../src/features/on-request-cancel-requested.js';
import { PowerVm } from '../src/features/power-vm.js';
import { SetNamingRule } from '../src/features/set-naming-rule.js';
import { TestVCenter } from '../src/features/test-vcenter.js';
import { openVSphere } from '../src/hypervisor/vsphere/open-vsphere.js';
import { CloneSlots } from '../src/run/clone-slots.js';
import { Runs } from '../src/run/runs.js';
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
let test: TestDatabase;
let vcenter: VCenter;
let guests: { stop(): Promise<void> };
let replicas: Replica[] = [];
let offer: { vcenterId: string; templateId: string; networkId: string };

beforeAll(async () => {
  [test, vcenter] = await Promise.all([provisioningDatabase(), startVCenter()]);
  guests = playGuests({ ...vcenter.login, network: '10.20.30.0/24', intervalMs: 100 });
  replicas = await Promise.all([startReplica(test), startReplica(test)]);
  offer = await offerAll();
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.stop()));
  await guests?.stop();
  await vcenter?.stop();
  await test?.drop();
  environment.remove();
});

const use = <T>(type: new (...parts: never[]) => T): T => (replicas[0] as Replica).app.get(type);

async function offerAll() {
  const { id: vcenterId } = granted(await use(ConnectVCenter).handle(entryOf(vcenter, 'Test'), administrator));
  const template = {
    vcenterId,
    vcenterName: TEMPLATE,
    name: 'Ubuntu',
    guest: 'linux' as const,
    loginText: { de: 'ssh', en: 'ssh' },
  };
  const { id: templateId } = granted(await use(OfferTemplate).handle(template, administrator));
  const addressing = {
    mode: 'static' as const,
    first: '10.9.0.10',
    last: '10.9.0.34',
    prefixLength: 24,
    gateway: '10.9.0.1',
    dnsServers: [],
  };
  const network = { vcenterId, vcenterName: 'DC0_DVPG0', name: 'LAN', addressing };
  const { id: networkId } = granted(await use(OfferNetwork).handle(network, administrator));
  return { vcenterId, templateId, networkId };
}

/** A name is held, and the grant is heard, as they come from request. */
async function request(name: string): Promise<string> {
  const requestId = randomUUID();
  granted(await use(HoldName).handle({ requestId, name, ...offer }, administrator));
  return requestId;
}
async function approve(requestId: string, name: string): Promise<void> {
  const vm = {
    project: { id: randomUUID(), name: 'Webshop' },
    size: { key: 'S', vcpus: 2, memoryMiB: 2048, diskGiB: 20, monthlyCostCents: 1900, currency: 'EUR' },
    template: { id: offer.templateId, name: 'Ubuntu' },
    network: { id: offer.networkId, name: 'LAN' },
    name,
    environment: 'test' as const,
    leaseDays: null,
    sshPublicKey: 'ssh-ed25519 AAAA me',
  };
  const data = {
    requestId,
    requesterId: administrator.actorId,
    vm,
    contentHash: 'x',
    automatic: false,
    approverIds: [],
  };
  const event = heard(requestId, 2, { type: 'request.approved', data }) as Heard<typeof requestApproved>;
  await stand(requestId);
  await use(OnRequestApproved).handle(event, { consumer: 'provisioning', event });
}
async function cancel(requestId: string): Promise<void> {
  const data = { requestId, requesterId: administrator.actorId };
  const event = heard(requestId, 3, { type: 'request.cancel-requested', data }) as Heard<typeof requestCancelRequested>;
  await use(OnRequestCancelRequested).handle(event, { consumer: 'provisioning', event });
}
/** `submitted` was heard before. */
async function stand(requestId: string): Promise<void> {
  const event = heard(requestId, 1, { type: 'request.submitted', data: {} });
  await keepCopy(use(EventStore), { consumer: 'provisioning', event }, []);
}
function heard(requestId: string, version: number, fact: { type: string; data: unknown }): Recorded {
  return {
    ...fact,
    id: randomUUID(),
    typeVersion: 1,
    tenant,
    stream: `request:${requestId}`,
    version,
    actorId: 'system:request',
    correlationId: requestId,
    causationId: null,
    traceparent: null,
    time: new Date(),
    recordedAt: new Date(),
  };
}

async function story(stream: string): Promise<string[]> {
  const { events } = await use(EventStore).load({ tenant }, stream);
  return events.map(({ type, data }) => {
    const { step, reason, detail } = data as { step?: string; reason?: string; detail?: string };
    return `${type.replace('provisioning.', '')}${step ? `: ${step}` : ''}${reason ? ` (${reason}: ${detail})` : ''}`;
  });
}
const vcenterStream = () => `vcenter:${offer.vcenterId}`;
const ends = (requestId: string, what: string) =>
  eventually(async () => (await story(`run:${requestId}`)).some((line) => line.startsWith(what)), {
    what: `${what} of ${requestId}`,
    // A call that vCenter answers late takes its deadline, then the circuit's pause, before the run goes on by itself.
    timeoutMs: 90_000,
  }).catch(async (error: unknown) => {
    throw new Error(
      `${String(error)}\n${(await story(`run:${requestId}`)).join('\n')}\n${replicas
        .flatMap(({ faults }) => faults)
        .map(String)
        .join('\n')}`,
    );
  });

async function inVCenter(name: string): Promise<string[]> {
  const api = await loginToVcsim(vcenter.login);
  const vms = await listVcsimVms(api);
  await api.logout();
  return vms.filter((vm) => vm.name === name).map(({ vm }) => vm);
}

async function renameByHand(name: string, newName: string): Promise<void> {
  const [vm] = await inVCenter(name);
  const api = await loginToVcsim(vcenter.login);
  await api.call('Rename_Task', { type: 'VirtualMachine', value: vm ?? '' }, `<newName>${newName}</newName>`);
  await api.logout();
  await eventually(async () => (await inVCenter(newName)).length === 1, { what: 'the VM having its new name' });
}

const byName = async (name: string) => {
  const { items } = granted(
    await use(ListVms).handle({ limit: 50, name, sort: 'name', descending: false }, administrator),
  );
  const [vm] = items;
  if (!vm) throw new Error(`no VM ${name}`);
  return vm;
};

/** A VM in the tenant's folder that carries a marker. */
async function makeWithMarker(name: string, marker: string): Promise<void> {
  const hypervisor = openVSphere(vcenter.connection());
  const spec = { name, template: TEMPLATE, marker, instanceUuid: randomUUID() };
  await hypervisor.waitForTask(await hypervisor.cloneFromTemplate(spec, 10_000), () => {}, 10_000);
  await hypervisor.close();
}

/** A VM, template or folder in the tenant's folder that DVMM knows nothing of, made from outside. */
async function makeByHand(name: string, what: 'VM' | 'template' | 'folder' = 'VM', beside = 'web-01'): Promise<void> {
  const api = await loginToVcsim(vcenter.login);
  const vms = await listVcsimVms(api);
  const place = await api.call(
    'RetrievePropertiesEx',
    { type: 'PropertyCollector', value: 'propertyCollector' },
    `<specSet><propSet><type>VirtualMachine</type><pathSet>parent</pathSet><pathSet>resourcePool</pathSet></propSet><objectSet><obj type="VirtualMachine">${
      vms.find((vm) => vm.name === beside)?.vm
    }</obj></objectSet></specSet><options/>`,
  );
  const [, folder] = /<val[^>]*>(group-[^<]+)</.exec(place) ?? [];
  const [, pool] = /<val[^>]*>(resgroup-[^<]+)</.exec(place) ?? [];
  if (what === 'folder')
    await api.call('CreateFolder', { type: 'Folder', value: folder ?? '' }, `<name>${name}</name>`);
  else
    await api.call(
      'CloneVM_Task',
      { type: 'VirtualMachine', value: vms.find((vm) => vm.name === TEMPLATE)?.vm ?? '' },
      `<folder type="Folder">${folder}</folder><name>${name}</name><spec><location><pool type="ResourcePool">${pool}</pool></location><template>${what === 'template'}</template><powerOn>false</powerOn></spec>`,
    );
  await api.logout();
}

describe('a granted request', { timeout: 200_000 }, () => {
  it('tests the connection by named checks', async () => {
    const tested = granted(await use(TestVCenter).handle({ id: offer.vcenterId }, administrator));
    expect(tested.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(tested.checks.map(({ check }) => check)).toContain('template');
    expect(tested.templates).toContain(TEMPLATE);
  });

  it('becomes a VM with the promised name and address', async () => {
    const id = await request('web-01');
    await approve(id, 'web-01');
    await ends(id, 'vm-ready');
    expect(await story(`run:${id}`)).toEqual([
      'run-started',
      ...['check', 'clone', 'size', 'network', 'customise', 'power-on', 'confirm'].flatMap((step) => [
        `step-intended: ${step}`,
        `step-done: ${step}`,
      ]),
      'vm-ready',
    ]);
    const vm = granted(await use(GetVm).handle({ id: vmIdOf(id) }, administrator));
    expect(vm).toMatchObject({
      name: 'web-01',
      hostName: 'web-01',
      addresses: ['10.9.0.10'],
      power: 'on',
      state: 'running',
    });
    expect(await inVCenter('web-01')).toEqual([vm.moref]);
  });

  it('becomes one VM although two workers are at it at once', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `pair-${index + 1}`);
    const ids = await Promise.all(names.map(request));
    // Claims are taken away all the time, as if each worker slept through its own.
    let stealing = true;
    const thief = (async () => {
      while (stealing) {
        await test.admin.query(
          "UPDATE provisioning.due SET claimed_until = NULL, due_at = now() WHERE kind = 'run' AND random() < 0.2",
        );
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    await Promise.all(ids.map((id, index) => approve(id, names[index] as string)));
    await Promise.all(ids.map((id) => ends(id, 'vm-ready'))).finally(() => {
      stealing = false;
    });
    await thief;
    for (const name of names) expect(await inVCenter(name)).toHaveLength(1);
  });

  it.each([
    ['before', 'dies-early', false],
    ['after', 'dies-late', true],
  ])('becomes one VM when the worker dies %s the clone it intended', async (_, name, cloned) => {
    const id = await request(name);
    // No worker may take it while this test plays the one that dies.
    await test.admin.query(
      `INSERT INTO provisioning.due (tenant_id, kind, id, due_at, claimed_until) VALUES ($1, 'run', $2, now(), 'infinity')`,
      [tenant, id],
    );
    await approve(id, name);
    const runs = use(Runs);
    const origin = { tenant, actorId: 'system:provisioning', correlationId: id };
    const loaded = await runs.load(origin, id);
    const [started] = await runs.history(tenant, id);
    expect(started?.type).toBe('provisioning.run-started');
    const of = { requestId: id, vmName: name };
    await runs.commit(origin, loaded, [
      { type: 'provisioning.step-intended', data: { ...of, step: 'check', attempt: 1 } },
      { type: 'provisioning.step-done', data: { ...of, step: 'check', durationMs: 1, moref: null } },
      { type: 'provisioning.step-intended', data: { ...of, step: 'clone', attempt: 1 } },
    ]);
    if (cloned) {
      const hypervisor = openVSphere(vcenter.connection());
      const task = await hypervisor.cloneFromTemplate(
        { name, template: TEMPLATE, marker: id, instanceUuid: vmIdOf(id) },
        10_000,
      );
      await hypervisor.waitForTask(task, () => {}, 10_000);
      await hypervisor.close();
    }
    await test.admin.query(`UPDATE provisioning.due SET claimed_until = NULL WHERE kind = 'run' AND id = $1`, [id]);
    await ends(id, 'vm-ready');
    expect(await inVCenter(name)).toHaveLength(1);
    expect((await story(`run:${id}`)).filter((line) => line === 'step-intended: clone')).toHaveLength(1);
  });

  it('fails with both facts when the name belongs to somebody else', async () => {
    const id = await request('foreign');
    await makeWithMarker('foreign', 'somebody');
    await approve(id, 'foreign');
    await ends(id, 'run-failed');
    const { rows } = await test.admin.query(`SELECT failure FROM provisioning.run WHERE id = $1`, [id]);
    expect(rows[0].failure).toMatchObject({
      reason: 'name-taken',
      nothingLeft: true,
      detail: expect.stringContaining('somebody'),
    });
    expect(await inVCenter('foreign')).toHaveLength(1);
    expect((await story(`hold:${id}`)).at(-1)).toBe('hold-released');
  });

  it('fails in words when something that is no VM has its name', async () => {
    const id = await request('a-folder');
    await makeByHand('a-folder', 'folder');
    await approve(id, 'a-folder');
    await ends(id, 'run-failed');
    const { rows } = await test.admin.query(`SELECT failure FROM provisioning.run WHERE id = $1`, [id]);
    expect(rows[0].failure).toMatchObject({ reason: 'name-taken', nothingLeft: true });
  });

  it('waits for a vCenter that is away, tells it once, and goes on', async () => {
    const id = await request('patient');
    process.kill(vcenter.simulator.pid, 'SIGSTOP');
    try {
      await approve(id, 'patient');
      await ends(id, 'run-waiting');
      const runs = granted(await use(ListRuns).handle({ limit: 50, state: 'waiting' }, administrator));
      expect(runs.items.find((run) => run.id === id)?.waiting).toMatchObject({
        reason: 'vcenter-away',
        detail: 'vCenter does not answer.',
      });
      await eventually(async () => (await story(vcenterStream())).at(-1) === 'vcenter-went-away', {
        what: 'the banner',
        timeoutMs: 30_000,
      });
    } finally {
      process.kill(vcenter.simulator.pid, 'SIGCONT');
    }
    await ends(id, 'vm-ready');
    const lines = await story(`run:${id}`);
    expect(lines.filter((line) => line.startsWith('run-waiting'))).toEqual([expect.stringContaining('vcenter-away')]);
    expect(lines.filter((line) => line.startsWith('run-resumed'))).toHaveLength(1);
    await eventually(async () => (await story(vcenterStream())).at(-1) === 'vcenter-came-back', {
      what: 'the banner gone',
    });
    expect(await inVCenter('patient')).toHaveLength(1);
  });

  it('leaves nothing when it is cancelled on its way', async () => {
    const id = await request('undone');
    await approve(id, 'undone');
    await ends(id, 'step-intended: clone');
    await cancel(id);
    await ends(id, 'cancelled');
    expect(await inVCenter('undone')).toEqual([]);
    expect((await story(`hold:${id}`)).at(-1)).toBe('hold-released');
  });
});

describe('clones of one vCenter', () => {
  /** Rings of runs that no run stands behind are kept by a trigger, since the worker that takes one drops it at once. */
  async function wokenBy(act: () => Promise<void>, expected: string[]): Promise<void> {
    await test.admin.query('TRUNCATE rung');
    await act();
    const { rows } = await test.admin.query('SELECT id FROM rung');
    expect(rows.map(({ id }) => id)).toEqual(expected);
  }
  beforeAll(async () => {
    await test.admin.query(`CREATE TABLE rung (id text);
      CREATE FUNCTION note_ring() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS
        $$ BEGIN INSERT INTO rung VALUES (NEW.id); RETURN NEW; END $$;
      CREATE TRIGGER note_ring AFTER INSERT ON provisioning.due FOR EACH ROW WHEN (NEW.kind = 'run') EXECUTE FUNCTION note_ring()`);
  });

  it('are as many as it may do at once, and next is who asked first', async () => {
    const slots = use(CloneSlots);
    const [a, b, c, d] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const take = (id: string) => slots.take('some-vcenter', tenant, id, 2);
    expect([await take(a), await take(b), await take(c), await take(d), await take(a)]).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
    await slots.giveBack(a);
    expect([await take(d), await take(c), await take(d)]).toEqual([false, true, false]);
  });

  it('wake who waits at the vCenter whose slot came free, not at another', async () => {
    const slots = use(CloneSlots);
    const elsewhere = randomUUID();
    const [held, waits, next] = [randomUUID(), randomUUID(), randomUUID()];
    expect(await slots.take('full-vcenter', tenant, elsewhere, 0)).toBe(false); // Asked before the others.
    expect(await slots.take('freed-vcenter', tenant, held, 1)).toBe(true);
    expect(await slots.take('freed-vcenter', tenant, waits, 1)).toBe(false);
    expect(await slots.take('freed-vcenter', tenant, next, 1)).toBe(false);
    await wokenBy(() => slots.giveBack(held), [waits]);
    // Whoever gives back none wakes nobody.
    await wokenBy(() => slots.giveBack(held), []);
    expect(await slots.take('freed-vcenter', tenant, waits, 1)).toBe(true);
    await wokenBy(() => slots.giveBack(waits), [next]);
  });

  it('wake one more for each slot that comes free, in the order they asked', async () => {
    const slots = use(CloneSlots);
    const [a, b, first, second, third] = Array.from({ length: 5 }, () => randomUUID()) as [
      string,
      string,
      string,
      string,
      string,
    ];
    for (const id of [a, b, first, second, third]) await slots.take('two-freed-vcenter', tenant, id, 2);
    // Asking again, as each does once a second, keeps the place.
    await slots.take('two-freed-vcenter', tenant, first, 2);
    await wokenBy(async () => {
      await slots.giveBack(a);
      await slots.giveBack(b);
    }, [first, second]);
    expect(await slots.take('two-freed-vcenter', tenant, second, 2)).toBe(true);
    expect(await slots.take('two-freed-vcenter', tenant, third, 2)).toBe(false);
    expect(await slots.take('two-freed-vcenter', tenant, first, 2)).toBe(true);
  });

  it('go on at once where a worker waits with the run in its hands', async () => {
    const slots = use(CloneSlots);
    const [held, waits] = [randomUUID(), randomUUID()];
    await slots.take('handed-vcenter', tenant, held, 1);
    const waiting = slots.takeSoon('handed-vcenter', tenant, waits, 1);
    const line = "SELECT count(*)::int AS count FROM provisioning.clone_slot WHERE vcenter_instance = 'handed-vcenter'";
    await eventually(async () => (await test.admin.query(line)).rows[0].count === 2, { what: 'the second in line' });
    await wokenBy(() => slots.giveBack(held), []);
    expect(await waiting).toBe(true);
  });

  it('never exceed the limit when all ask at once', async () => {
    const slots = use(CloneSlots);
    const granted = await Promise.all(
      Array.from({ length: 12 }, () => slots.take('busy-vcenter', tenant, randomUUID(), 3)),
    );
    expect(granted.filter(Boolean)).toHaveLength(3);
  });
});

describe('the last look before a tenant is removed', () => {
  it('counts its VMs, and says nothing while one is being made or deleted', async () => {
    const seen = await lastLook(test.admin, tenant);
    expect(seen?.machines).toBeGreaterThan(0);
    const moving = [
      "UPDATE provisioning.run SET attention = 2 WHERE id = (SELECT id FROM provisioning.run WHERE state = 'done' LIMIT 1)",
      "UPDATE provisioning.vm SET state = 'decommissioning', held_up = NULL WHERE id = (SELECT id FROM provisioning.vm LIMIT 1)",
    ];
    for (const change of moving) {
      await test.admin.query('BEGIN');
      expect((await test.admin.query(change)).rowCount).toBe(1);
      expect(await lastLook(test.admin, tenant)).toBeUndefined();
      await test.admin.query('ROLLBACK');
    }
  });
});

describe('holding', () => {
  it('gives a name to one of many, and suggests another', async () => {
    const replies = await Promise.all(
      Array.from({ length: 16 }, () =>
        use(HoldName).handle({ requestId: randomUUID(), name: 'race-9', ...offer }, administrator),
      ),
    );
    expect(replies.filter((reply) => !isRefusal(reply))).toHaveLength(1);
    expect(replies.find(isRefusal)).toEqual({
      refused: 'name.taken',
      detail: { name: 'race-9', suggestion: 'race-10' },
    });
  });

  it('refuses a name that begins otherwise than the rule says, and leaves what is held', async () => {
    const [before, after] = [randomUUID(), randomUUID()];
    const hold = (requestId: string, name: string) =>
      use(HoldName).handle({ requestId, name, ...offer }, administrator);
    const rule = (prefix: string) => use(SetNamingRule).handle({ prefix }, administrator);
    granted(await hold(before, 'any-1'));
    granted(await rule('sw-'));
    expect(await hold(after, 'any-2')).toEqual({
      refused: 'name.breaks-rule',
      detail: { name: 'any-2', prefix: 'sw-' },
    });
    const { name } = granted(await use(CheckVm).handle({ name: 'any-2', ...offer }, administrator));
    expect(name.mustBegin).toBe('sw-');
    granted(await hold(before, 'any-1'));
    granted(await hold(after, 'sw-any-2'));
    granted(await rule(''));
    granted(await hold(randomUUID(), 'any-3'));
  });

  it('refuses a name that somebody else has in the folder', async () => {
    await makeByHand('by-hand');
    const wanted = { name: 'by-hand', templateId: offer.templateId, networkId: offer.networkId };
    const checked = await eventually(
      async () => {
        const { name } = granted(await use(CheckVm).handle(wanted, administrator));
        return !name.free && name;
      },
      { what: 'the next look at vCenter' },
    );
    expect(checked.suggestion).toBe('by-hand-2');
    expect(await use(HoldName).handle({ requestId: randomUUID(), ...wanted }, administrator)).toEqual({
      refused: 'name.taken',
      detail: { name: 'by-hand', suggestion: 'by-hand-2' },
    });
  });

  it.each([
    ['a template', 'golden-image', () => makeByHand('golden-image', 'template')],
    ['a VM of another installation', 'theirs-1', () => makeWithMarker('theirs-1', randomUUID())],
    ['a copy of one of ours', 'copy-1', async () => makeWithMarker('copy-1', (await byName('web-01')).requestId)],
  ])('shows a name as taken that %s in the folder has', async (_, name, make) => {
    const wanted = { name, templateId: offer.templateId, networkId: offer.networkId };
    expect(granted(await use(CheckVm).handle(wanted, administrator)).name.free).toBe(true);
    await make();
    await eventually(async () => granted(await use(CheckVm).handle(wanted, administrator)).name.free === false, {
      what: 'the next look at vCenter',
    });
  });

  it('does not call a name free before vCenter was looked at', async () => {
    const [unseen, templateId, networkId] = [randomUUID(), randomUUID(), randomUUID()];
    await test.admin.query(
      `INSERT INTO provisioning.vcenter (tenant_id, id, name, host, port, username, datacenter, resource_pool, datastore, folder, max_clones, credentials_version)
       VALUES ($1, $2, 'Unseen', 'h', 443, 'u', 'd', 'r', 's', 'f', 4, 1)`,
      [tenant, unseen],
    );
    await test.admin.query(
      `INSERT INTO provisioning.vm_template (tenant_id, id, name, vcenter_id, vcenter_name, guest, login_text)
       VALUES ($1, $2, 'Unseen', $3, 't', 'linux', '{}')`,
      [tenant, templateId, unseen],
    );
    await test.admin.query(
      `INSERT INTO provisioning.network (tenant_id, id, name, vcenter_id, vcenter_name, addressing)
       VALUES ($1, $2, 'Unseen', $3, 'n', '{"mode":"dhcp"}')`,
      [tenant, networkId, unseen],
    );
    const check = (name: string) => use(CheckVm).handle({ name, templateId, networkId }, administrator);
    expect(granted(await check('early-1')).name).toEqual({ free: null, suggestion: null, mustBegin: null });
    expect(granted(await check('web-01')).name).toMatchObject({ free: false }); // Held: that is known without vCenter.
  });

  it('gives each address of a pool once', async () => {
    const used = await test.admin.query('SELECT count(*)::int AS count FROM provisioning.address_hold');
    const left = 25 - used.rows[0].count;
    const replies = await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        use(HoldName).handle({ requestId: randomUUID(), name: `addr-${index}`, ...offer }, administrator),
      ),
    );
    const addresses = replies.flatMap((reply) => (isRefusal(reply) ? [] : [reply.address]));
    expect(addresses).toHaveLength(left);
    expect(new Set(addresses).size).toBe(left);
    expect(replies.filter(isRefusal).every(({ refused }) => refused === 'network.full')).toBe(true);
  });

  it('answers the same to the same request', async () => {
    const id = await test.admin.query("SELECT request_id FROM provisioning.name_hold WHERE name = 'addr-0'");
    const again = { requestId: id.rows[0]?.request_id ?? randomUUID(), name: 'addr-0', ...offer };
    const [first, second] = [
      await use(HoldName).handle(again, administrator),
      await use(HoldName).handle(again, administrator),
    ];
    expect(second).toEqual(first);
  });
});

describe('a VM', () => {
  it('is seen and switched by those who may, and nobody else', async () => {
    const vm = await byName('web-01');
    const stranger = { ...administrator, actorId: randomUUID(), roles: ['user'], scopes: [] };
    expect(await use(GetVm).handle({ id: vm.id }, stranger)).toMatchObject({ refused: 'not-found' });
    expect(await use(PowerVm).handle({ id: vm.id, action: 'off' }, stranger)).toMatchObject({ refused: 'not-found' });
    const colleague = { ...stranger, scopes: [`project:${vm.project.id}`] };
    expect(await use(GetVm).handle({ id: vm.id }, colleague)).toMatchObject({ name: 'web-01' });
    expect(await use(PowerVm).handle({ id: vm.id, action: 'off' }, colleague)).toMatchObject({ refused: 'not-found' });
    expect(
      await use(PowerVm).handle({ id: vm.id, action: 'off' }, { ...stranger, actorId: administrator.actorId }),
    ).toEqual({ id: vm.id, power: 'off' });
    await eventually(async () => (await byName('web-01')).power === 'off', { what: 'the inventory agreeing' });
  });

  it('is not called unchanged when vCenter answers too late', async () => {
    const vm = await byName('web-01');
    process.kill(vcenter.simulator.pid, 'SIGSTOP');
    const asked = use(PowerVm).handle({ id: vm.id, action: 'on' }, administrator);
    try {
      expect(await asked).toEqual({ id: vm.id, power: 'unknown' });
    } finally {
      process.kill(vcenter.simulator.pid, 'SIGCONT');
    }
    expect((await story(`vm:${vm.id}`)).slice(-2)).toEqual(['vm-power-requested', 'vm-power-changed']);
    await eventually(async () => (await byName('web-01')).power !== 'unknown', {
      what: 'the inventory telling what became of it',
      timeoutMs: 60_000,
    });
  }, 120_000);

  it('keeps its connection where it stands', async () => {
    const moved = { ...entryOf(vcenter, 'Test'), id: offer.vcenterId, folder: 'dvmm/elsewhere' };
    expect(await use(ChangeVCenter).handle(moved, administrator)).toMatchObject({
      refused: 'vcenter.in-use',
      detail: { vms: expect.any(Number) },
    });
  });

  it('that vCenter has no more is called missing', async () => {
    const vm = await byName('web-01');
    const { rows } = await test.admin.query('SELECT moref FROM provisioning.vm WHERE id = $1', [vm.id]);
    const move = (moref: string) =>
      test.admin.query('UPDATE provisioning.vm SET moref = $2 WHERE id = $1', [vm.id, moref]);
    await move('vm-999999');
    const switched = await use(PowerVm).handle({ id: vm.id, action: 'on' }, administrator);
    await move(rows[0].moref);
    expect(switched).toEqual({ refused: 'vm.missing-in-vcenter', detail: {} });
  });

  it('that vCenter has no more is listed as missing, until it is back', async () => {
    const vm = await byName('web-01');
    const { rows } = await test.admin.query('SELECT instance_uuid FROM provisioning.vm WHERE id = $1', [vm.id]);
    const call = (uuid: string) =>
      test.admin.query('UPDATE provisioning.vm SET instance_uuid = $2 WHERE id = $1', [vm.id, uuid]);
    const missing = async () =>
      (
        await use(ListVms).handle({ missing: true, limit: 50, sort: 'name', descending: false }, administrator)
      ).items.map(({ id }) => id);
    expect(await missing()).toEqual([]);
    await call(randomUUID());
    await eventually(async () => (await missing()).includes(vm.id), { what: 'the machine missing', timeoutMs: 60_000 });
    const lost = await byName('web-01');
    expect(lost).toMatchObject({ power: 'unknown', missingSince: lost.seenAt });
    await call(rows[0].instance_uuid);
    await eventually(async () => (await missing()).length === 0, { what: 'the machine back', timeoutMs: 60_000 });
    expect(await byName('web-01')).toMatchObject({ missingSince: null });
  }, 150_000);

  it('is deleted only after its name was typed, and proven gone', async () => {
    const vm = await byName('web-01');
    expect(await use(DecommissionVm).handle({ id: vm.id, confirmName: 'web-1' }, administrator)).toMatchObject({
      refused: 'vm.name-does-not-match',
    });
    // Neither a new name nor a stranger's VM under the old one hides it.
    await renameByHand('web-01', 'renamed-by-hand');
    await makeByHand('web-01', 'VM', 'renamed-by-hand');
    const { instanceUuid } = granted(await use(GetVm).handle({ id: vm.id }, administrator));
    await test.admin.query('UPDATE provisioning.vm SET instance_uuid = $2 WHERE id = $1', [vm.id, randomUUID()]);
    expect(await use(DecommissionVm).handle({ id: vm.id, confirmName: 'web-01' }, administrator)).toEqual({
      id: vm.id,
      state: 'decommissioning',
    });
    // What holds it up is said, and once that is mended it goes on.
    const heldUp = async () => granted(await use(GetVm).handle({ id: vm.id }, administrator)).heldUp?.reason;
    await eventually(async () => (await heldUp()) === 'not-our-vm', { what: 'the reason being shown' });
    const setUuid = (uuid: string) =>
      test.admin.query('UPDATE provisioning.vm SET instance_uuid = $2 WHERE id = $1', [vm.id, uuid]);
    await setUuid(instanceUuid);
    await test.admin.query('UPDATE provisioning.due SET due_at = clock_timestamp() WHERE id = $1', [vm.id]);
    await eventually(async () => (await story(`vm:${vm.id}`)).at(-1) === 'vm-decommissioned', {
      what: 'the VM decommissioned',
    });
    const said = (await story(`vm:${vm.id}`)).filter((what) => what.startsWith('vm-decommission-held-up'));
    expect(said).toEqual([expect.stringContaining('not-our-vm')]);
    expect(await inVCenter('renamed-by-hand')).toEqual([]);
    expect(await inVCenter('web-01')).toHaveLength(1);
    expect((await story(`hold:${vm.requestId}`)).at(-1)).toBe('hold-released');
    const again = { requestId: randomUUID(), name: 'web-02', ...offer };
    granted(await use(HoldName).handle(again, administrator));
    granted(await use(HoldName).handle(again, administrator)); // Holding once more needs no further address.
    await expect(use(HoldName).handle({ ...again, name: 'web-03' }, administrator)).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
