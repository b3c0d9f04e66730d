import { randomUUID } from 'node:crypto';
import {
  connectVCenter,
  contracts,
  holdName,
  offerNetwork,
  offerTemplate,
  requestApproved,
  requestSubmitted,
} from '@dvmm/contracts';
import { loadPrivateKey } from '@eaf/auth';
import { Calls, inboxPrefix, publishEvents } from '@eaf/messaging';
import { type FactOf, isRefusal, type Recorded } from '@eaf/messaging/contract';
import type { Vcsim } from '@eaf/testing';
import { DeliverPolicy, jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { addressesOf } from '../../addresses.js';
import { type LocalSettings, localSettings, passwordOf } from '../../local-settings.js';
import { outside } from '../../outside-parts.js';
import { startService } from '../../own-parts.js';
import { setUpBroker } from '../../set-up/broker.js';
import { makeKeys, privateKeyOf } from '../../set-up/keys.js';
import { migrateAll, prepareDatabase } from '../../set-up/prepare-database.js';
import { servePeer } from '../peer.js';
import { cloneSeconds, clonesAtOnce, startBenchVCenter, template } from './vcenter.js';

const tenant = randomUUID();
const asking = {
  tenant,
  actorId: randomUUID(),
  roles: ['tenant-admin'],
  scopes: [],
  correlationId: randomUUID(),
};

/** The service that provisions, as production runs it: grants come over NATS, facts go back over NATS. */
servePeer(async ({ size }) => {
  const settings = await localSettings();
  const [postgres, nats, { vcsim, stop }] = await Promise.all([
    outside.postgres(settings),
    outside.nats(settings),
    startBenchVCenter(settings),
  ]);
  makeKeys();
  await prepareDatabase(postgres, (name) => passwordOf(settings, name));
  await migrateAll(postgres, (name) => passwordOf(settings, name));
  await setUpBroker(nats.url, passwordOf(settings, 'nats-setup'));
  const service = await startService(settings, 'provisioning');
  const [gateway, request] = await Promise.all([callsAs('gateway', settings), callsAs('request', settings)]);
  const offer = await offerAll(gateway.calls, vcsim, settings);
  let made = 0;

  return {
    async round() {
      const ids = Array.from({ length: size }, () => randomUUID());
      const names = ids.map(() => `vm-${made++}`);
      for (const [n, requestId] of ids.entries())
        granted(await request.calls.ask(holdName, { requestId, name: names[n] ?? '', ...offer }, asking));
      const publish = (events: Recorded[]) => publishEvents(jetstream(request.connection), contracts.prefix, events);
      await publish(ids.map((id, n) => heard(id, 1, submitted(id, names[n] ?? '', offer))));
      const callsBefore = await soapCalls(settings);
      const ready = watchReady(request.connection, ids);
      const began = performance.now();
      await publish(ids.map((id, n) => heard(id, 2, approved(id, names[n] ?? '', offer))));
      await ready;
      const seconds = (performance.now() - began) / 1_000;
      return {
        seconds,
        idealSeconds: (size / clonesAtOnce) * cloneSeconds,
        soapCallsPerVm: ((await soapCalls(settings)) - callsBefore) / size,
      };
    },
    async close() {
      await service.stop();
      await Promise.all([gateway.connection.close(), request.connection.close()]);
      await Promise.all([stop(), postgres.stop(), nats.stop()]);
    },
  };
});

/** As the broker's set-up user, who may listen everywhere, with the inbox of the one whose key signs. */
async function callsAs(caller: string, settings: LocalSettings): Promise<{ calls: Calls; connection: NatsConnection }> {
  const connection = await connect({
    servers: addressesOf(settings).nats,
    user: 'setup',
    pass: passwordOf(settings, 'nats-setup'),
    inboxPrefix: inboxPrefix(caller),
  });
  return { connection, calls: new Calls(connection, contracts.prefix, caller, loadPrivateKey(privateKeyOf(caller))) };
}

interface Offer {
  readonly templateId: string;
  readonly networkId: string;
}

async function offerAll(calls: Calls, vcsim: Vcsim, settings: LocalSettings): Promise<Offer> {
  const key = () => ({ idempotencyKey: randomUUID() });
  const vcenter = granted(
    await calls.ask(
      connectVCenter,
      {
        name: 'Bench',
        host: '127.0.0.1',
        port: settings.ports.vcenter,
        username: vcsim.user,
        password: vcsim.password,
        certificate: vcsim.ca,
        datacenter: 'DC0',
        resourcePool: 'DC0_C0/Resources',
        datastore: 'LocalDS_0',
        folder: 'dvmm/bench',
        maxClones: clonesAtOnce,
      },
      asking,
      key(),
    ),
  );
  const offered = granted(
    await calls.ask(
      offerTemplate,
      {
        vcenterId: vcenter.id,
        vcenterName: template,
        name: 'Ubuntu',
        guest: 'linux',
        loginText: { de: 'ssh', en: 'ssh' },
      },
      asking,
      key(),
    ),
  );
  const network = granted(
    await calls.ask(
      offerNetwork,
      { vcenterId: vcenter.id, vcenterName: 'VM Network', name: 'LAN', addressing: { mode: 'dhcp' } },
      asking,
      key(),
    ),
  );
  return { templateId: offered.id, networkId: network.id };
}

function granted<T>(reply: T): Exclude<T, { refused: string }> {
  if (isRefusal(reply)) throw new Error(`refused: ${JSON.stringify(reply)}`);
  return reply as Exclude<T, { refused: string }>;
}

const vmOf = (name: string, { templateId, networkId }: Offer) => ({
  project: { id: asking.correlationId, name: 'Bench' },
  size: { key: 'S', vcpus: 2, memoryMiB: 2048, diskGiB: 5, monthlyCostCents: 1900, currency: 'EUR' },
  template: { id: templateId, name: 'Ubuntu' },
  network: { id: networkId, name: 'LAN' },
  name,
  environment: 'test' as const,
  leaseDays: null,
  sshPublicKey: null,
});

const submitted = (requestId: string, name: string, offer: Offer): FactOf<typeof requestSubmitted> => ({
  type: 'request.submitted',
  data: { requestId, requesterId: asking.actorId, vm: vmOf(name, offer), justification: null, contentHash: 'bench' },
});

const approved = (requestId: string, name: string, offer: Offer): FactOf<typeof requestApproved> => ({
  type: 'request.approved',
  data: {
    requestId,
    requesterId: asking.actorId,
    vm: vmOf(name, offer),
    contentHash: 'bench',
    automatic: true,
    approverIds: [],
  },
});

function heard(requestId: string, version: number, fact: { type: string; data: unknown }): Recorded {
  const now = new Date();
  return {
    ...fact,
    id: randomUUID(),
    typeVersion: 1,
    tenant,
    stream: `request:${requestId}`,
    version,
    actorId: 'system:request',
    correlationId: requestId,
    causationId: null,
    traceparent: null,
    time: now,
    recordedAt: now,
  };
}

type Failure = { readonly step: string; readonly reason: string; readonly detail: string };

/** Resolves when each of the runs has published its ready VM; rejects when one failed. */
async function watchReady(connection: NatsConnection, requestIds: readonly string[]): Promise<void> {
  const waiting = new Set(requestIds.map((id) => `run:${id}`));
  const consumer = await jetstream(connection).consumers.get(`${contracts.prefix}_provisioning`, {
    deliver_policy: DeliverPolicy.New,
  });
  const messages = await consumer.consume();
  for await (const message of messages) {
    const { type, subject: stream, data } = message.json<{ type: string; subject: string; data: Failure }>();
    if (type.includes('run-failed'))
      throw new Error(`${stream} failed at ${data.step}: ${data.reason}, ${data.detail}`);
    if (type.includes('vm-ready')) waiting.delete(stream);
    if (waiting.size === 0) break;
  }
  await messages.close();
}

/** From the service's own metrics. */
async function soapCalls(settings: LocalSettings): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${settings.ports.provisioning}/metrics`)).text();
  const counts = [...metrics.matchAll(/^dvmm_vcenter_calls_total\{.*\} (\d+)$/gm)].map(([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0);
}
