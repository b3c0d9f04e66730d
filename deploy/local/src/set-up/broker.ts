import { contracts, services } from '@dvmm/contracts';
import { permissionsOf, setUpStreams } from '@eaf/messaging';
import { operatorUser } from '@eaf/messaging/parked';
import type { NatsUser } from '@eaf/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';

const sessionIdleMs = 30 * 60_000;

/** One user a service, with what the contracts give it; the gateway also keeps sessions and hears live hints. */
export function brokerUsers(passwordOf: (name: string) => string): NatsUser[] {
  const gateway = permissionsOf(contracts, 'gateway');
  const operator = permissionsOf(contracts, operatorUser);
  return [
    { user: 'setup', password: passwordOf('nats-setup') },
    {
      user: operatorUser,
      password: passwordOf('nats-operator'),
      permissions: { publish: [...operator.publish, '$SRV.>'], subscribe: operator.subscribe },
    },
    ...services.map((service) => ({
      user: service,
      password: passwordOf(`${service}-nats`),
      permissions: permissionsOf(contracts, service),
    })),
    {
      user: 'gateway',
      password: passwordOf('gateway'),
      permissions: {
        publish: [
          ...gateway.publish,
          '$KV.sessions.>',
          '$JS.API.DIRECT.GET.KV_sessions.>',
          `${contracts.prefix}.limits`,
        ],
        subscribe: [...gateway.subscribe, `${contracts.prefix}.live.>`, `${contracts.prefix}.limits`],
      },
    },
  ];
}

/** Streams, consumers and the session bucket, by the one user who may make them. Safe to repeat. */
export async function setUpBroker(url: string, password: string): Promise<void> {
  const connection = await connect({ servers: url, user: 'setup', pass: password });
  try {
    await setUpStreams(await jetstreamManager(connection), contracts);
    await new Kvm(jetstream(connection)).create('sessions', { ttl: sessionIdleMs, allow_direct: true });
  } finally {
    await connection.close();
  }
}
