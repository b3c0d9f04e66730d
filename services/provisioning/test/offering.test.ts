import { isRefusal } from '@eaf/messaging/contract';
import type { TestDatabase } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConnectVCenter } from '../src/features/connect-vcenter.js';
import { OfferNetwork } from '../src/features/offer-network.js';
import { startVCenter, type VCenter } from './hypervisor/vcsim.js';
import {
  administrator,
  provisioningDatabase,
  type Replica,
  setEnvironment,
  startReplica,
} from './provisioning-under-test.js';

const environment = setEnvironment();
let test: TestDatabase;
let vcenter: VCenter;
let replica: Replica;
let vcenterId: string;

beforeAll(async () => {
  [test, vcenter] = await Promise.all([provisioningDatabase(), startVCenter()]);
  replica = await startReplica(test);
  vcenterId = granted(await use(ConnectVCenter).handle(entry('Main'), administrator)).id;
});
afterAll(async () => {
  await replica?.stop();
  await vcenter?.stop();
  await test?.drop();
  environment.remove();
});

const use = <T>(type: new (...parts: never[]) => T): T => replica.app.get(type);
const granted = <T>(reply: T) => {
  if (isRefusal(reply)) throw new Error(`refused: ${JSON.stringify(reply)}`);
  return reply as Exclude<T, { refused: string }>;
};
const codeOf = (reply: object): string => ('refused' in reply ? String(reply.refused) : 'granted');

function entry(name: string) {
  return {
    ...vcenter.connection().placement,
    name,
    host: '127.0.0.1',
    port: vcenter.simulator.port,
    username: vcenter.simulator.user,
    password: vcenter.simulator.password,
    certificate: vcenter.simulator.ca,
    maxClones: 2,
  };
}

describe('a pool of addresses', () => {
  const offerPool = async (first: string, last: string, { on = 'DC0_DVPG0', of = vcenterId } = {}) =>
    codeOf(
      await use(OfferNetwork).handle(
        {
          vcenterId: of,
          vcenterName: on,
          name: `LAN ${first}`,
          addressing: { mode: 'static', first, last, prefixLength: 16, gateway: '10.9.0.1', dnsServers: [] },
        },
        administrator,
      ),
    );

  it('is refused where it overlaps another of its port group', async () => {
    expect(await offerPool('10.9.1.10', '10.9.1.20')).toBe('granted');
    expect(await offerPool('10.9.1.20', '10.9.1.30')).toBe('network.pool-overlaps');
    expect(await offerPool('10.9.1.0', '10.9.1.99')).toBe('network.pool-overlaps');
    expect(await offerPool('10.9.1.21', '10.9.1.30')).toBe('granted');
    expect(await offerPool('10.9.1.10', '10.9.1.20', { on: 'VM Network' })).toBe('granted');
  });

  it('is refused where another connection leads to that port group', async () => {
    const { id } = granted(await use(ConnectVCenter).handle(entry('Second way'), administrator));
    expect(await offerPool('10.9.1.15', '10.9.1.16', { of: id })).toBe('network.pool-overlaps');
  });

  it('is offered once when two are offered at the same moment', async () => {
    const codes: string[] = await Promise.all(
      Array.from({ length: 8 }, (_, nth) => offerPool(`10.9.2.${nth + 1}`, '10.9.2.50')),
    );
    expect(codes.filter((code) => code === 'granted')).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(['granted', 'network.pool-overlaps']));
  });
});
