import type { Customisation, GuestAddress, TaskRef, VmComparison, VmOwner, VmRef } from '../hypervisor.js';
import { extraConfigOf } from './find-vm.js';
import { ownVm, PENDING_CUSTOMISATION } from './own-vm.js';
import type { Read } from './properties.js';
import type { VSphereSession } from './session.js';
import { startedTask } from './started-task.js';
import { optionValues, text, typed, type Xml } from './xml-values.js';

/** Host name and address go in by vSphere's customisation, key and login text by cloud-init's `guestinfo` data source. */
export async function customise(
  session: VSphereSession,
  vm: VmRef | VmComparison,
  owner: VmOwner,
  wanted: Customisation,
  signal: AbortSignal,
  ended: (task: TaskRef) => Promise<unknown>,
): Promise<TaskRef | undefined> {
  const read = await ownVm(session, vm, owner, signal);
  // One after the other: vSphere changes a VM in one task at a time and answers TaskInProgress to a second one.
  if (!hasOptions(read, wanted)) {
    const spec = { extraConfig: optionValues(cloudConfig(wanted)) };
    await ended(startedTask(await session.call('ReconfigVM_Task', read.object, { spec }, signal)));
  }
  if (isPending(read)) return undefined;
  return startedTask(await session.call('CustomizeVM_Task', read.object, { spec: linuxSpec(wanted) }, signal));
}

export function isCustomised(read: Read, wanted: Customisation): boolean {
  return hasOptions(read, wanted) && isPending(read);
}

function hasOptions(read: Read, wanted: Customisation): boolean {
  const set = extraConfigOf(read);
  return Object.entries(cloudConfig(wanted)).every(([key, value]) => set.get(key) === value);
}

/** A customisation waits for its power on: the clone came with it, or an earlier try made it. */
function isPending(read: Read): boolean {
  return Boolean(text(read.get(PENDING_CUSTOMISATION)));
}

export function linuxSpec({ hostName, address }: Customisation): Xml {
  return {
    identity: typed('CustomizationLinuxPrep', {
      hostName: typed('CustomizationFixedName', { name: hostName }),
      domain: 'local', // vSphere demands one.
    }),
    globalIPSettings: address.kind === 'static' ? { dnsServerList: address.dns } : {},
    nicSettingMap: [{ adapter: adapter(address) }],
  };
}

function adapter(address: GuestAddress): Xml {
  if (address.kind === 'dhcp') return { ip: typed('CustomizationDhcpIpGenerator', {}) };
  return {
    ip: typed('CustomizationFixedIp', { ipAddress: address.ip }),
    subnetMask: subnetMask(address.prefixLength),
    gateway: [address.gateway],
    dnsServerList: address.dns,
  };
}

function subnetMask(prefixLength: number): string {
  const bits = prefixLength === 0 ? 0 : (0xffffffff << (32 - prefixLength)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.');
}

/**
 * The VM's options that the key and the login text become; none where neither is given. JSON is YAML, so no text in it
 * can break out of its place.
 * @see cloud-init, DataSourceVMware: guestinfo.userdata and guestinfo.userdata.encoding
 */
export function cloudConfig({ sshPublicKey, loginText }: Customisation): Record<string, string> {
  if (sshPublicKey === undefined && loginText === undefined) return {};
  const config = {
    ...(sshPublicKey === undefined ? {} : { ssh_authorized_keys: [sshPublicKey] }),
    ...(loginText === undefined ? {} : { write_files: [{ path: '/etc/motd', content: `${loginText}\n` }] }),
  };
  const userdata = Buffer.from(`#cloud-config\n${JSON.stringify(config)}\n`).toString('base64');
  return { 'guestinfo.userdata': userdata, 'guestinfo.userdata.encoding': 'base64' };
}
