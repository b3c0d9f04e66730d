import { writeFileSync } from 'node:fs';
import { services } from '@dvmm/contracts';
import type { Vcsim } from '@eaf/testing';
import { addressesOf } from './addresses.js';
import { inHome } from './folder.js';
import { type LocalSettings, passwordOf } from './local-settings.js';
import { fromCompose } from './parts-from.js';
import { emailOf, passwordFor, people } from './people.js';
import { databaseName } from './set-up/prepare-database.js';

/** Writes what psql, nats, govc and curl need to look in. For this person's eyes only: mode 0600. */
export function writeConnections(settings: LocalSettings, vcsim: Vcsim): void {
  const { gateway, issuer, mail, nats, natsMonitor } = addressesOf(settings);
  const password = (name: string) => passwordOf(settings, name);
  const connections = {
    gateway: { url: gateway, docs: `${gateway}/docs` },
    postgres: {
      host: '127.0.0.1',
      port: settings.ports.postgres,
      database: databaseName,
      user: 'postgres',
      password: password('postgres'),
      roles: Object.fromEntries(
        services.flatMap((service) =>
          ['owner', 'app', 'runner'].map((role) => [`${service}_${role}`, password(`${service}-${role}`)]),
        ),
      ),
    },
    nats: {
      url: nats,
      monitor: natsMonitor,
      user: 'setup',
      password: password('nats-setup'),
      operator: { user: 'operator', password: password('nats-operator') },
      services: Object.fromEntries([
        ...services.map((service) => [service, password(`${service}-nats`)]),
        ['gateway', password('gateway')],
      ]),
    },
    vcenter: { url: vcsim.url, user: vcsim.user, password: vcsim.password, certificate: vcsim.ca },
    oidc: { issuer, clientId: 'dvmm-gateway', clientSecret: password('oidc-client') },
    mail: {
      web: mail,
      api: fromCompose ? `${mail}/api/v1/messages` : `${mail}/api/mails`,
      smtp: `127.0.0.1:${settings.ports.smtp}`,
      user: 'dvmm',
      password: password('smtp'),
    },
    people: people.map((person) => ({
      name: person.name,
      tenant: person.tenant,
      role: person.role,
      user: person.user,
      password: passwordFor(settings, person),
      email: emailOf(person),
    })),
  };
  writeFileSync(inHome('connections.json'), `${JSON.stringify(connections, null, 2)}\n`, { mode: 0o600 });
}
