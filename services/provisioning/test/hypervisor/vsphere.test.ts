import { rootCertificates } from 'node:tls';
import { eventually, playGuests } from '@eaf/testing';
import { v5 as uuidv5 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CertificateNotTrusted,
  HypervisorAway,
  HypervisorFault,
  LoginRefused,
  NameTaken,
  NotFoundInVCenter,
  NotOurVm,
} from '../../src/hypervisor/faults.js';
import type { Hypervisor, TaskRef, VmRef } from '../../src/hypervisor/hypervisor.js';
import { openVSphere } from '../../src/hypervisor/vsphere/open-vsphere.js';
import { startVCenter, TEMPLATE, type VCenter } from './vcsim.js';

const SOON = 10_000;
const ignore = () => undefined;

function ownerOf(request: string) {
  return { marker: request, instanceUuid: uuidv5(request, uuidv5.URL) };
}

async function clone(hypervisor: Hypervisor, name: string, request: string): Promise<VmRef> {
  const task = await hypervisor.cloneFromTemplate({ ...ownerOf(request), name, template: TEMPLATE }, SOON);
  const { vm } = await hypervisor.waitForTask(task, ignore, SOON);
  if (!vm) throw new Error('the clone made no VM');
  return vm;
}

describe('a VM on vSphere', () => {
  let vcenter: VCenter;
  let hypervisor: Hypervisor;
  const ended = async (task: Promise<TaskRef | undefined>) => {
    const started = await task; // None where there is nothing to change.
    return started === undefined ? undefined : hypervisor.waitForTask(started, ignore, SOON);
  };

  beforeAll(async () => {
    vcenter = await startVCenter();
    hypervisor = openVSphere(vcenter.connection());
    await hypervisor.ensureFolder(SOON);
  });
  afterAll(async () => {
    await hypervisor.close();
    await vcenter.stop();
  });

  it('is made once by 16 clones of one name', async () => {
    const tries = Array.from({ length: 16 }, (_, n) => clone(hypervisor, 'one-of-16', `request-${n}`));
    const results = await Promise.allSettled(tries);
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refusals.filter((reason) => reason instanceof NameTaken)).toHaveLength(15);
    const winner = results.findIndex((result) => result.status === 'fulfilled');
    expect(await hypervisor.findByName('one-of-16', SOON)).toMatchObject(ownerOf(`request-${winner}`));
  });

  it('has size, network and fixed address after power on', async () => {
    const owner = ownerOf('static');
    const vm = await clone(hypervisor, 'static-1', 'static');
    await ended(hypervisor.reconfigure(vm, owner, { cpus: 4, memoryMiB: 8192, diskGiB: 40 }, SOON));
    await ended(hypervisor.attachNetwork(vm, owner, 'VM Network', SOON));
    const address = {
      kind: 'static',
      ip: '10.1.2.3',
      prefixLength: 22,
      gateway: '10.1.0.1',
      dns: ['10.1.0.2'],
    } as const;
    await ended(hypervisor.customise(vm, owner, { hostName: 'static-1', address, loginText: 'Guten Tag' }, SOON));
    expect((await hypervisor.guestIdentity(vm, owner, SOON)).ipAddresses).toEqual([]);
    await ended(hypervisor.powerOn(vm, owner, SOON));
    expect(await hypervisor.guestIdentity(vm, owner, SOON)).toMatchObject({
      hostName: 'static-1',
      ipAddresses: ['10.1.2.3'],
    });
    expect((await hypervisor.inventory(SOON)).vms).toContainEqual(
      expect.objectContaining({
        name: 'static-1',
        cpus: 4,
        memoryMiB: 8192,
        powerState: 'poweredOn',
        marker: 'static',
      }),
    );
  });

  it('comes from its clone as it was asked for, but for a larger disk', async () => {
    const owner = ownerOf('like-asked');
    const size = { cpus: 3, memoryMiB: 3072, diskGiB: 40 };
    const address = { kind: 'static', ip: '10.1.2.4', prefixLength: 22, gateway: '10.1.0.1', dns: [] } as const;
    const settings = {
      size,
      network: 'VM Network',
      customisation: { hostName: 'like-1', address, sshPublicKey: 'ssh-ed25519 AAAA me' },
    };
    const task = await hypervisor.cloneFromTemplate({ ...owner, name: 'like-1', template: TEMPLATE, settings }, SOON);
    const { vm = '' } = await hypervisor.waitForTask(task, ignore, SOON);
    const compared = await hypervisor.compare(vm, owner, settings, SOON);
    expect([...compared.unlike]).toEqual(['size']);
    expect(await hypervisor.attachNetwork(vm, owner, settings.network, SOON)).toBeUndefined();
    expect(await hypervisor.customise(vm, owner, settings.customisation, SOON)).toBeUndefined();
    const other = { ...settings, network: 'DC0_DVPG0', customisation: { ...settings.customisation, loginText: 'Hi' } };
    expect([...(await hypervisor.compare(vm, owner, other, SOON)).unlike]).toEqual([
      'size',
      'network',
      'customisation',
    ]);
    await expect(hypervisor.reconfigure(compared, ownerOf('other'), size, SOON)).rejects.toBeInstanceOf(NotOurVm);
    await ended(hypervisor.reconfigure(compared, owner, size, SOON));
    expect([...(await hypervisor.compare(vm, owner, settings, SOON)).unlike]).toEqual([]);
    await ended(hypervisor.powerOn(vm, owner, SOON));
    expect(await hypervisor.guestIdentity(vm, owner, SOON)).toMatchObject({
      hostName: 'like-1',
      ipAddresses: ['10.1.2.4'],
    });
  });

  it('is read with others in one call, and one that is gone takes nobody with it', async () => {
    const names = ['together-1', 'together-2', 'together-3'];
    const vms = await Promise.all(names.map((name) => clone(hypervisor, name, name)));
    await ended(hypervisor.destroy(vms[2] as VmRef, ownerOf('together-3'), SOON));
    const readings = () => vcenter.requests().filter((request) => request.includes('RetrievePropertiesEx')).length;
    const read = (n: number) => hypervisor.guestIdentity(vms[n] as VmRef, ownerOf(names[n] as string), SOON);
    const before = readings();
    await Promise.all([read(0), read(1), read(0)]);
    expect(readings() - before).toBe(1);
    const [there, gone] = await Promise.allSettled([read(0), read(2)]);
    expect(there.status).toBe('fulfilled');
    expect(gone).toMatchObject({ status: 'rejected', reason: { name: 'NotFoundInVCenter', kind: 'vm' } });
  });

  it('gets an address by DHCP and is reported by its tools', async () => {
    const owner = ownerOf('dhcp');
    const vm = await clone(hypervisor, 'dhcp-1', 'dhcp');
    await ended(hypervisor.attachNetwork(vm, owner, 'DC0_DVPG0', SOON));
    await ended(hypervisor.customise(vm, owner, { hostName: 'dhcp-1', address: { kind: 'dhcp' } }, SOON));
    await ended(hypervisor.powerOn(vm, owner, SOON));
    const guests = playGuests({ ...vcenter.login, network: '10.9.8.0/24', intervalMs: 50 });
    const identity = await eventually(async () => {
      const seen = await hypervisor.guestIdentity(vm, owner, SOON);
      return seen.toolsRunning && seen;
    });
    await guests.stop();
    expect(identity).toMatchObject({ hostName: 'dhcp-1', ipAddresses: [expect.stringMatching(/^10\.9\.8\.\d+$/)] });
  });

  it('is left alone when marker, UUID or folder differ', async () => {
    const owner = ownerOf('kept');
    const vm = await clone(hypervisor, 'kept-1', 'kept');
    await expect(hypervisor.destroy(vm, { ...owner, marker: 'other' }, SOON)).rejects.toMatchObject({
      name: 'NotOurVm',
      differs: 'marker',
    });
    const otherUuid = { ...owner, instanceUuid: ownerOf('other').instanceUuid };
    await expect(hypervisor.powerOn(vm, otherUuid, SOON)).rejects.toMatchObject({
      name: 'NotOurVm',
      differs: 'instance UUID',
    });
    const elsewhere = openVSphere(
      vcenter.connection({ placement: { ...vcenter.connection().placement, folder: 'dvmm/suedstern' } }),
    );
    await elsewhere.ensureFolder(SOON);
    await expect(elsewhere.destroy(vm, owner, SOON)).rejects.toBeInstanceOf(NotOurVm);
    await elsewhere.close();
    expect(await hypervisor.findByName('kept-1', SOON)).toMatchObject({ vm, powerState: 'poweredOff' });
  });

  it('is gone after destroy, and its task after ten minutes', async () => {
    const vm = await clone(hypervisor, 'gone-1', 'gone');
    await ended(hypervisor.destroy(vm, ownerOf('gone'), SOON));
    expect(await hypervisor.findByName('gone-1', SOON)).toBeUndefined();
    await expect(hypervisor.destroy(vm, ownerOf('gone'), SOON)).rejects.toBeInstanceOf(NotFoundInVCenter);
    await expect(hypervisor.waitForTask('task-99999', ignore, SOON)).rejects.toMatchObject({
      name: 'NotFoundInVCenter',
      kind: 'task',
    });
  });

  it('names the fault when it cannot be powered on twice', async () => {
    const vm = await clone(hypervisor, 'twice-1', 'twice');
    await ended(hypervisor.powerOn(vm, ownerOf('twice'), SOON));
    await expect(ended(hypervisor.powerOn(vm, ownerOf('twice'), SOON))).rejects.toMatchObject({
      faultName: 'InvalidPowerState',
    });
  });
});

describe('a connection to vSphere', () => {
  let vcenter: VCenter;
  beforeAll(async () => {
    vcenter = await startVCenter(['-method-delay', 'CloneVm:2000,LockHandoff:0']);
  });
  afterAll(() => vcenter.stop());

  it('is checked step by step', async () => {
    const hypervisor = openVSphere(vcenter.connection());
    const checks = await hypervisor.check([TEMPLATE, 'windows-95'], SOON);
    expect(checks.filter((check) => !check.ok)).toEqual([
      { check: 'template', ok: false, detail: expect.stringContaining('windows-95') },
    ]);
    expect(await hypervisor.about(SOON)).toMatchObject({ instanceUuid: expect.stringMatching(/^[\da-f-]{36}$/) });
    await hypervisor.close();
  });

  it('says that login or certificate is refused', async () => {
    const wrongPassword = openVSphere(vcenter.connection({ password: 'wrong' }));
    await expect(wrongPassword.inventory(SOON)).rejects.toBeInstanceOf(LoginRefused);
    expect((await wrongPassword.check([], SOON)).at(-1)).toMatchObject({ check: 'login', ok: false });
    const wrongCa = openVSphere(vcenter.connection({ caPem: rootCertificates[0] }));
    await expect(wrongCa.inventory(SOON)).rejects.toBeInstanceOf(CertificateNotTrusted);
    expect((await wrongCa.check([], SOON)).at(-1)).toMatchObject({
      check: 'certificate',
      ok: false,
      detail: expect.stringMatching(/SHA-256 [\dA-F:]{95}/),
    });
    const noCa = openVSphere(vcenter.connection({ caPem: undefined }));
    await expect(noCa.inventory(SOON)).rejects.toMatchObject({
      reason: expect.any(String),
      fingerprint: expect.any(String),
    });
  });

  it('shows a running clone and stops it', async () => {
    const hypervisor = openVSphere(vcenter.connection());
    await hypervisor.ensureFolder(SOON);
    const task = await hypervisor.cloneFromTemplate({ ...ownerOf('slow'), name: 'slow-1', template: TEMPLATE }, SOON);
    await expect(hypervisor.waitForTask(task, ignore, 200)).rejects.toBeInstanceOf(HypervisorAway);
    expect(await hypervisor.runningCloneTasks({ name: 'slow-1', template: TEMPLATE }, SOON)).toEqual([task]);
    await hypervisor.cancelTask(task, SOON);
    await expect(hypervisor.waitForTask(task, ignore, SOON)).rejects.toMatchObject({ faultName: 'RequestCanceled' });
    await hypervisor.cancelTask(task, SOON);
    await hypervisor.close();
  });

  it('waits out a vCenter that is away, then logs in once', async () => {
    const hypervisor = openVSphere(vcenter.connection());
    await hypervisor.ensureFolder(SOON);
    const task = await hypervisor.cloneFromTemplate({ ...ownerOf('lost'), name: 'lost-1', template: TEMPLATE }, SOON);
    const waiting = expect(hypervisor.waitForTask(task, ignore, SOON)).rejects.toBeInstanceOf(HypervisorAway);
    await vcenter.simulator.kill();
    await waiting;
    await expect(hypervisor.about(SOON)).rejects.toBeInstanceOf(HypervisorAway);
    await expect(hypervisor.inventory(SOON)).rejects.toBeInstanceOf(HypervisorAway);
    await vcenter.simulator.restart();
    await eventually(() => hypervisor.ensureFolder(SOON).then(() => true), { what: 'the circuit being closed' });
    await Promise.all(Array.from({ length: 16 }, () => hypervisor.findByName('lost-1', SOON)));
    const logins = vcenter.requests().filter((request) => request.includes('Login'));
    expect(logins).toHaveLength(1);
    await expect(hypervisor.waitForTask(task, ignore, SOON)).rejects.toBeInstanceOf(NotFoundInVCenter);
    await hypervisor.close();
  });

  it('is away when it has frozen, long before the deadline of a call', async () => {
    const vcenter = await startVCenter();
    const hypervisor = openVSphere(vcenter.connection());
    await hypervisor.ensureFolder(SOON);
    process.kill(vcenter.simulator.pid, 'SIGSTOP');
    try {
      // Without the question in between this would end with the test's own limit.
      await expect(hypervisor.findByName('nobody', 120_000)).rejects.toBeInstanceOf(HypervisorAway);
    } finally {
      process.kill(vcenter.simulator.pid, 'SIGCONT');
    }
    await eventually(
      () =>
        hypervisor.findByName('nobody', SOON).then(
          () => true,
          () => false,
        ),
      {
        what: 'vCenter answering again',
      },
    );
    await hypervisor.close();
    await vcenter.stop();
  }, 30_000);

  it('is not away when it only takes its time', async () => {
    const vcenter = await startVCenter(['-method-delay', 'CreateFolder:7000']);
    const hypervisor = openVSphere(vcenter.connection());
    await hypervisor.ensureFolder(30_000);
    expect(vcenter.requests().filter((request) => request.includes('RetrieveServiceContent')).length).toBeGreaterThan(
      1,
    );
    await hypervisor.close();
    await vcenter.stop();
  }, 40_000);

  it('throws nothing untyped at a server that is no vCenter', async () => {
    const elsewhere = openVSphere(
      vcenter.connection({ placement: { ...vcenter.connection().placement, datacenter: 'DC9' } }),
    );
    expect((await elsewhere.check([], SOON)).at(-1)).toEqual({
      check: 'datacenter',
      ok: false,
      detail: 'datacenter DC9 is not in vCenter',
    });
    await elsewhere.close();
    const nobody = openVSphere(vcenter.connection({ host: '127.0.0.1:1' }));
    expect(await nobody.check([], SOON)).toEqual([
      { check: 'host', ok: false, detail: expect.stringContaining('ECONNREFUSED') },
    ]);
    await expect(nobody.inventory(SOON)).rejects.not.toBeInstanceOf(HypervisorFault);
  });
});
