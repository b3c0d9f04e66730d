import type { RunSpec } from '../domain/run-state.js';
import type { Customisation, GuestAddress, VmSettings } from '../hypervisor/hypervisor.js';
import type { Surroundings } from './run-surroundings.js';

/** What the run's VM is to be like before its first power on. */
export function wantedSettings(spec: RunSpec, surroundings: Surroundings): VmSettings {
  const { vcpus, memoryMiB, diskGiB } = spec.size;
  return {
    size: { cpus: vcpus, memoryMiB, diskGiB },
    network: surroundings.network.vcenterName,
    customisation: wantedCustomisation(spec, surroundings),
  };
}

/** Host name, address, key and login text, to be taken over by the guest when it starts. */
function wantedCustomisation(spec: RunSpec, { template, network }: Surroundings): Customisation {
  const loginText = [template.loginText.en, template.loginText.de].filter(Boolean).join('\n\n');
  return {
    hostName: spec.vmName,
    address: wantedAddress(spec, network),
    ...(spec.sshPublicKey ? { sshPublicKey: spec.sshPublicKey } : {}),
    ...(loginText ? { loginText } : {}),
  };
}

function wantedAddress(spec: RunSpec, { addressing }: Surroundings['network']): GuestAddress {
  if (addressing.mode === 'dhcp' || !spec.address) return { kind: 'dhcp' };
  const { prefixLength, gateway, dnsServers } = addressing;
  return { kind: 'static', ip: spec.address, prefixLength, gateway, dns: dnsServers };
}
