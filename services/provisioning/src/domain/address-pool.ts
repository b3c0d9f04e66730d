import type { Addressing } from '@dvmm/contracts';

/** Larger pools make the search for a free address slow and are most likely a typing error. */
const largestPool = 65_536;

type Static = Extract<Addressing, { mode: 'static' }>;

/** @returns what is wrong with a pool, in English; undefined = nothing */
export function faultOfPool(pool: Static): string | undefined {
  const [first, last, gateway] = [toNumber(pool.first), toNumber(pool.last), toNumber(pool.gateway)];
  if (last < first) return 'The last address comes before the first.';
  if (last - first + 1 > largestPool) return `A pool holds at most ${largestPool} addresses.`;
  const networkOf = (address: number) => Math.floor(address / 2 ** (32 - pool.prefixLength));
  if (networkOf(first) !== networkOf(last)) return 'First and last address are in different subnets.';
  if (networkOf(gateway) !== networkOf(first)) return 'The gateway is not in the subnet of the addresses.';
  const subnet = networkOf(first) * 2 ** (32 - pool.prefixLength);
  if (first === subnet) return 'The first address is the address of the subnet itself.';
  if (last === subnet + 2 ** (32 - pool.prefixLength) - 1) return 'The last address is the broadcast address.';
  return undefined;
}

/** How many addresses a pool has to give; the gateway is never given away. */
export function sizeOfPool(pool: Static): number {
  const [first, last, gateway] = [toNumber(pool.first), toNumber(pool.last), toNumber(pool.gateway)];
  return last - first + 1 - (gateway >= first && gateway <= last ? 1 : 0);
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
