import type { Addressing, PoolFault } from '@dvmm/contracts';

/** Larger pools make the search for a free address slow and are most likely a typing error. */
const largestPool = 65_536;

type Static = Extract<Addressing, { mode: 'static' }>;

/** @returns what is wrong with a pool; undefined = nothing. The gateway may lie within it: it is never given away. */
export function faultOfPool(pool: Static): PoolFault | undefined {
  const [first, last, gateway] = [toNumber(pool.first), toNumber(pool.last), toNumber(pool.gateway)];
  if (last < first) return 'last-before-first';
  if (last - first + 1 > largestPool) return 'too-large';
  const networkOf = (address: number) => Math.floor(address / 2 ** (32 - pool.prefixLength));
  if (networkOf(first) !== networkOf(last)) return 'two-subnets';
  if (networkOf(gateway) !== networkOf(first)) return 'gateway-elsewhere';
  const subnet = networkOf(first) * 2 ** (32 - pool.prefixLength);
  if (first === subnet) return 'first-is-subnet';
  if (last === subnet + 2 ** (32 - pool.prefixLength) - 1) return 'last-is-broadcast';
  return sizeOfPool(pool) === 0 ? 'only-gateway' : undefined;
}

/** How many addresses a pool has to give; the gateway is never given away. */
export function sizeOfPool(pool: Static): number {
  const [first, last, gateway] = [toNumber(pool.first), toNumber(pool.last), toNumber(pool.gateway)];
  return last - first + 1 - (gateway >= first && gateway <= last ? 1 : 0);
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
