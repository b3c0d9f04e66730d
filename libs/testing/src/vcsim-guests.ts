import { setTimeout as pause } from 'node:timers/promises';
import {
  listVcsimVms,
  loginToVcsim,
  setVcsimProperties,
  type VcsimApi,
  type VcsimLogin,
  type VcsimVm,
} from './vcsim-api.js';

export type GuestNetwork = VcsimLogin & {
  /** Addresses are handed out of this IPv4 network from `.10` on, such as `10.20.30.0/24`. */
  network: string;
  /** Default 500. */
  intervalMs?: number;
  /** Told what could not be done, such as vcsim being away; the player goes on by itself. Default: nobody. */
  onFault?: (fault: unknown) => void;
};

/**
 * Plays what vcsim lacks, from outside: guests that boot, take an address by DHCP and report it through VMware Tools.
 * An address or host name that a customisation set stays. It looks again and again, being the world and no part of
 * the product; after vcsim was away it logs in anew.
 */
export function playGuests(options: GuestNetwork): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const ended = play(options, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function play(
  { network, intervalMs = 500, onFault, ...login }: GuestNetwork,
  signal: AbortSignal,
): Promise<void> {
  let api: VcsimApi | undefined;
  while (!signal.aborted) {
    try {
      api ??= await loginToVcsim(login);
      await reportAll(api, network);
    } catch (fault) {
      api = undefined;
      onFault?.(fault);
    }
    await pause(intervalMs, undefined, { signal }).catch(() => undefined);
  }
  await api?.logout().catch(() => undefined);
}

async function reportAll(api: VcsimApi, network: string): Promise<void> {
  const vms = (await listVcsimVms(api)).filter((vm) => !vm.template);
  const taken = new Set(vms.map((vm) => vm.address));
  for (const vm of vms) {
    const report = reportOf(vm, () => freeAddress(network, taken));
    if (report) await setVcsimProperties(api, vm.vm, report);
  }
}

/** What the guest's tools would newly say; undefined when nothing changed. */
function reportOf(vm: VcsimVm, lease: () => string): Record<string, string> | undefined {
  if (!vm.poweredOn) return vm.toolsRunning ? { 'guest.toolsRunningStatus': 'guestToolsNotRunning' } : undefined;
  if (vm.toolsRunning && vm.address && vm.hostName) return undefined;
  return {
    'guest.hostName': vm.hostName || vm.name,
    'guest.ipAddress': vm.address || lease(),
    'guest.toolsRunningStatus': 'guestToolsRunning',
  };
}

function freeAddress(network: string, taken: Set<string>): string {
  const [address = '', length = '24'] = network.split('/');
  const first = address.split('.').reduce((number, octet) => number * 256 + Number(octet), 0);
  const size = 2 ** (32 - Number(length));
  for (let host = 10; host < size - 1; host += 1) {
    const candidate = [24, 16, 8, 0].map((shift) => Math.floor((first + host) / 2 ** shift) % 256).join('.');
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
  throw new Error(`no address is free in ${network}`);
}
