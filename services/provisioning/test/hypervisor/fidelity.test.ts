import { v5 as uuidv5 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskRef } from '../../src/hypervisor/hypervisor.js';
import { openVSphere } from '../../src/hypervisor/vsphere/open-vsphere.js';
import { OPERATIONS } from '../../src/hypervisor/vsphere/vim25-wsdl.js';
import { readRequest } from './soap-request.js';
import { startVCenter, TEMPLATE, type VCenter } from './vcsim.js';
import { faultsOf } from './vim-types.js';

const SOON = 10_000;

/** vcsim lets much pass that a real vCenter refuses, so what it received is compared with vSphere's own schema. */
describe('every request sent to vSphere', () => {
  let vcenter: VCenter;
  let requests: string[] = [];

  beforeAll(async () => {
    vcenter = await startVCenter(['-vm', '60']); // More VMs than a page of properties holds.
    // What the preparation sent is no request of ours.
    const before = vcenter.requests().length;
    await useEveryOperation(vcenter);
    requests = vcenter
      .requests()
      .slice(before)
      .map((request) => request.replace('Request: ', ''));
  });
  afterAll(() => vcenter.stop());

  it('has names, order, references and types as the schema has', () => {
    const faults = requests.flatMap((request) => faultsOf(readRequest(request)));
    expect([...new Set(faults)]).toEqual([]);
  });

  it('is among the captured ones, whatever the operation', () => {
    const sent = new Set(requests.map((request) => readRequest(request).name));
    expect(OPERATIONS.filter((operation) => !sent.has(operation))).toEqual([]);
  });

  it('would be found with a wrong order, type, name or prefix', () => {
    const clone = requests.find((request) => request.includes('CloneVM_Task')) ?? '';
    const broken = {
      order: clone.replace(/(<vim25:folder.*?<\/vim25:folder>)(<vim25:name>.*?<\/vim25:name>)/, '$2$1'),
      type: clone.replace(' xsi:type="vim25:OptionValue"', ''),
      name: clone.replaceAll('vim25:instanceUuid', 'vim25:instanceUUID'),
      reference: clone.replace('type="ResourcePool"', ''),
      missing: clone.replace(/<vim25:template>.*?<\/vim25:template>/, ''),
    };
    expect(faultsOf(readRequest(broken.order))).toEqual(['CloneVM_Task: folder stands after name']);
    expect(faultsOf(readRequest(broken.type))).toEqual([
      expect.stringContaining('polymorphic OptionValue without xsi:type'),
    ]);
    expect(faultsOf(readRequest(broken.name))).toEqual([expect.stringContaining('unknown element instanceUUID')]);
    expect(faultsOf(readRequest(broken.reference))).toEqual([
      expect.stringContaining('is no reference to a ResourcePool'),
    ]);
    expect(faultsOf(readRequest(broken.missing))).toEqual([expect.stringContaining('template is missing')]);
    expect(() => readRequest(clone.replace(/ xmlns:xsd="[^"]*"/, ''))).toThrow('prefix xsd');
  });
});

async function useEveryOperation(vcenter: VCenter): Promise<void> {
  const hypervisor = openVSphere(vcenter.connection());
  const ownerOf = (marker: string) => ({ marker, instanceUuid: uuidv5(marker, uuidv5.URL) });
  const owner = ownerOf('fidelity');
  const ended = async (task: Promise<TaskRef | undefined>) => {
    const started = await task;
    if (started === undefined) throw new Error('there was nothing to do');
    return hypervisor.waitForTask(started, () => undefined, SOON);
  };
  await hypervisor.ensureFolder(SOON);
  await hypervisor.check([TEMPLATE], SOON);
  const { vm = '' } = await ended(
    hypervisor.cloneFromTemplate({ ...owner, name: 'fidelity-1', template: TEMPLATE }, SOON),
  );
  await ended(hypervisor.reconfigure(vm, owner, { cpus: 2, memoryMiB: 2048, diskGiB: 20 }, SOON));
  await ended(hypervisor.attachNetwork(vm, owner, 'VM Network', SOON));
  await ended(hypervisor.attachNetwork(vm, owner, 'DC0_DVPG0', SOON));
  const address = {
    kind: 'static',
    ip: '10.1.2.3',
    prefixLength: 24,
    gateway: '10.1.2.1',
    dns: ['10.1.2.2', '10.1.2.4'],
  } as const;
  await ended(
    hypervisor.customise(
      vm,
      owner,
      { hostName: 'fidelity-1', address, sshPublicKey: 'ssh-ed25519 AAAA me', loginText: 'Hi' },
      SOON,
    ),
  );
  for (const network of ['VM Network', 'DC0_DVPG0']) {
    const like = { ...ownerOf(network), name: `like ${network}`, template: TEMPLATE };
    const size = { cpus: 2, memoryMiB: 2048, diskGiB: 20 };
    const customisation = { hostName: 'fidelity-2', address, sshPublicKey: 'ssh-ed25519 AAAA me', loginText: 'Hi' };
    await ended(hypervisor.cloneFromTemplate({ ...like, settings: { size, network, customisation } }, SOON));
  }
  await ended(hypervisor.powerOn(vm, owner, SOON));
  await ended(hypervisor.reset(vm, owner, SOON));
  await hypervisor.guestReport(vm, ({ ipAddresses }) => ipAddresses.includes(address.ip), SOON);
  await hypervisor.guestIdentity(vm, owner, SOON);
  await hypervisor.inventory(SOON);
  await hypervisor.runningCloneTasks({ name: 'fidelity-1', template: TEMPLATE }, SOON);
  // vcsim has no guest that shuts down; it was asked, which is what counts here.
  await hypervisor.shutdownGuest(vm, owner, SOON).catch(() => undefined);
  const off = await hypervisor.powerOff(vm, owner, SOON);
  await hypervisor.waitForTask(off, () => undefined, SOON).catch(() => undefined);
  await ended(hypervisor.customise(vm, owner, { hostName: 'fidelity-1', address: { kind: 'dhcp' } }, SOON));
  const destroyed = await hypervisor.destroy(vm, owner, SOON);
  await hypervisor.cancelTask(destroyed, SOON);
  await hypervisor.close();
}
