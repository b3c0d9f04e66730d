import type { TestDatabase } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hypervisors } from '../src/connections/hypervisors.js';
import { ChangeVCenter } from '../src/features/change-vcenter.js';
import { ConnectVCenter } from '../src/features/connect-vcenter.js';
import { OfferNetwork } from '../src/features/offer-network.js';
import { TestVCenter } from '../src/features/test-vcenter.js';
import { HypervisorAway } from '../src/hypervisor/faults.js';
import { startVCenter, TEMPLATE, type VCenter } from './hypervisor/vcsim.js';
import {
  administrator,
  entryOf,
  granted,
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
const codeOf = (reply: object): string => ('refused' in reply ? String(reply.refused) : 'granted');

async function connectedTo(id: string) {
  const connected = await use(Hypervisors).of(administrator.tenant, id);
  if (!connected) throw new Error(`no vCenter ${id}`);
  return connected;
}

const entry = (name: string) => entryOf(vcenter, name);

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

describe('a certificate', () => {
  it.each([
    ['no base64', 'not a certificate'],
    ['no certificate', Buffer.from('something else').toString('base64')],
  ])('is refused with words when its frame holds %s', async (_, content) => {
    const certificate = `-----BEGIN CERTIFICATE-----\n${content}\n-----END CERTIFICATE-----`;
    const connect = (pem: string) =>
      use(ConnectVCenter).handle({ ...entry('Framed'), certificate: pem }, administrator);
    expect(codeOf(await connect(certificate))).toBe('vcenter.certificate-unreadable');
    expect(codeOf(await connect(`${vcenter.simulator.ca}\n${certificate}`))).toBe('vcenter.certificate-unreadable');
    const changed = { ...entry('Main'), id: vcenterId, certificate };
    expect(codeOf(await use(ChangeVCenter).handle(changed, administrator))).toBe('vcenter.certificate-unreadable');
  });
});

describe('a connection', () => {
  it('is changed to no host that the operator does not allow', async () => {
    const changed = { ...entry('Main'), id: vcenterId, host: '10.99.0.1' };
    expect(codeOf(await use(ChangeVCenter).handle(changed, administrator))).toBe('vcenter.host-not-allowed');
  });

  it('hands the stored password to no other server or user', async () => {
    const { password: _, ...same } = { ...entry('Main'), id: vcenterId };
    for (const elsewhere of [{ port: same.port + 1 }, { username: 'somebody' }])
      expect(codeOf(await use(ChangeVCenter).handle({ ...same, ...elsewhere }, administrator))).toBe(
        'vcenter.password-needed',
      );
    expect(codeOf(await use(ChangeVCenter).handle(same, administrator))).toBe('granted');
  });
});

describe('the test of a connection', () => {
  it('lists what its own connection shows, whatever becomes of the shared one', async () => {
    const shared = (await connectedTo(vcenterId)).hypervisor;
    const { inventory } = shared;
    // As with a circuit that others' failures have opened: through it only the last look could be shown.
    shared.inventory = () => Promise.reject(new HypervisorAway(vcenterId, 30_000, new Error('circuit open')));
    await test.admin.query(`UPDATE provisioning.inventory SET templates = '["of-old"]'`);
    const tested = granted(await use(TestVCenter).handle({ id: vcenterId }, administrator));
    shared.inventory = inventory;
    expect(tested.templates).toContain(TEMPLATE);
  });
});
