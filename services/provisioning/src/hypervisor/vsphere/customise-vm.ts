import type { Customisation, GuestAddress, TaskRef, VmOwner, VmRef } from '../hypervisor.js';
import { ownVm, vmObject } from './own-vm.js';
import type { VSphereSession } from './session.js';
import { startedTask } from './started-task.js';
import { optionValue, typed, type Xml } from './xml-values.js';

/** Host name and address go in by vSphere's customisation, key and login text by cloud-init's `guestinfo` data source. */
export async function customise(
  session: VSphereSession,
  vm: VmRef,
  owner: VmOwner,
  wanted: Customisation,
  signal: AbortSignal,
  ended: (task: TaskRef) => Promise<unknown>,
): Promise<TaskRef> {
  await ownVm(session, vm, owner, signal);
  const extraConfig = cloudConfig(wanted);
  // One after the other: vSphere changes a VM in one task at a time and answers TaskInProgress to a second one.
  if (extraConfig)
    await ended(startedTask(await session.call('ReconfigVM_Task', vmObject(vm), { spec: { extraConfig } }, signal)));
  return startedTask(await session.call('CustomizeVM_Task', vmObject(vm), { spec: linuxSpec(wanted) }, signal));
}

function linuxSpec({ hostName, domain, address }: Customisation): Xml {
  return {
    identity: typed('CustomizationLinuxPrep', {
      hostName: typed('CustomizationFixedName', { name: hostName }),
      domain: domain ?? 'local',
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
 * What the key and the login text become; undefined where neither is given. JSON is YAML, so no text in it can break
 * out of its place.
 * @see cloud-init, DataSourceVMware: guestinfo.userdata and guestinfo.userdata.encoding
 */
function cloudConfig({ sshPublicKey, loginText }: Customisation): Xml[] | undefined {
  if (sshPublicKey === undefined && loginText === undefined) return undefined;
  const config = {
    ...(sshPublicKey === undefined ? {} : { ssh_authorized_keys: [sshPublicKey] }),
    ...(loginText === undefined ? {} : { write_files: [{ path: '/etc/motd', content: `${loginText}\n` }] }),
  };
  const userdata = Buffer.from(`#cloud-config\n${JSON.stringify(config)}\n`).toString('base64');
  return [optionValue('guestinfo.userdata', userdata), optionValue('guestinfo.userdata.encoding', 'base64')];
}
