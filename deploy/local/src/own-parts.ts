import { join } from 'node:path';
import { type Service, services } from '@dvmm/contracts';
import { operatorUser } from '@eaf/messaging/parked';
import { type Part, startPart } from '@eaf/testing';
import { addressesOf, audience, clientId } from './addresses.js';
import { logOf, root } from './folder.js';
import { type LocalSettings, passwordOf } from './local-settings.js';
import { fromCompose } from './parts-from.js';
import { kekOf, privateKeyOf, publicKeys } from './set-up/keys.js';
import { databaseName } from './set-up/prepare-database.js';

/** Environment that every part inherits; nothing else of ours leaks in. `OTEL_…` says where traces go. */
const inherited = () => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('OTEL_'))),
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_OPTIONS: '--enable-source-maps',
});

/** The environment of a service, by the names that containers use too. */
export function serviceEnvironment(settings: LocalSettings, service: Service): NodeJS.ProcessEnv {
  return {
    ...inherited(),
    DB_HOST: '127.0.0.1',
    DB_PORT: String(settings.ports.postgres),
    DB_NAME: databaseName,
    DB_USER: `${service}_app`,
    DB_PASSWORD: passwordOf(settings, `${service}-app`),
    RUNNER_DB_USER: `${service}_runner`,
    RUNNER_DB_PASSWORD: passwordOf(settings, `${service}-runner`),
    NATS_URL: addressesOf(settings).nats,
    NATS_USER: service,
    NATS_PASSWORD: passwordOf(settings, `${service}-nats`),
    ACTOR_KEY_FILE: privateKeyOf(service),
    ACTOR_PUBLIC_KEYS_DIR: publicKeys(),
    INNER_PORT: String(settings.ports[service]),
    KEK_FILE: kekOf(service),
    // Simulator and mail sink are on loopback; everywhere else an operator names the hosts.
    OUTBOUND_ALLOW: '127.0.0.1/32',
    SMTP_PLAINTEXT_ALLOW: '127.0.0.1',
    PUBLIC_URL: addressesOf(settings).gateway,
    INVENTORY_EVERY_MS: '5000',
  };
}

export function startService(settings: LocalSettings, service: Service): Promise<Part> {
  return startOwn(
    service,
    join(root, 'services', service, 'dist/main.js'),
    serviceEnvironment(settings, service),
    settings.ports[service],
  );
}

export function startGateway(settings: LocalSettings): Promise<Part> {
  const { gateway, issuer, nats } = addressesOf(settings);
  const environment = {
    ...inherited(),
    PORT: String(settings.ports.gateway),
    PUBLIC_URL: gateway,
    OIDC_ISSUER: issuer,
    OIDC_ALLOW_INSECURE_LOOPBACK: 'true',
    OIDC_AUDIENCE: audience,
    // Keycloak's realm puts groups into every token and knows no scope for them.
    ...(fromCompose ? {} : { OIDC_SCOPE: 'openid profile email groups' }),
    KEYCLOAK_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: passwordOf(settings, 'oidc-client'),
    NATS_URL: nats,
    NATS_USER: 'gateway',
    NATS_PASSWORD: passwordOf(settings, 'gateway'),
    ACTOR_KEY_FILE: privateKeyOf('gateway'),
    INNER_PORT: String(settings.ports.gatewayInner),
    PORTAL_DIR: join(root, 'frontend/dist'),
    // The history of a new set-up plays in the month before it.
    ALLOW_BACKDATING: 'true',
  };
  return startOwn('gateway', join(root, 'services/gateway/dist/main.js'), environment, settings.ports.gatewayInner);
}

/** What the job needs that deletes a removed tenant's rows: the owners' logins, which no service has. */
export function farewellEnvironment(settings: LocalSettings): NodeJS.ProcessEnv {
  const owners = services.map((service) => [
    `${service.toUpperCase()}_OWNER_PASSWORD`,
    passwordOf(settings, `${service}-owner`),
  ]);
  return {
    ...inherited(),
    DB_HOST: '127.0.0.1',
    DB_PORT: String(settings.ports.postgres),
    DB_NAME: databaseName,
    ...Object.fromEntries(owners),
    NATS_URL: addressesOf(settings).nats,
    NATS_SETUP_PASSWORD: passwordOf(settings, 'nats-setup'),
    NATS_OPERATOR_PASSWORD: passwordOf(settings, 'nats-operator'),
    ACTOR_KEY_FILE: privateKeyOf(operatorUser),
  };
}

/** Runs the job whenever the platform asks for a removal. In a cluster that is a Job's or CronJob's work. */
export function startFarewell(settings: LocalSettings): Promise<Part> {
  return startPart(process.execPath, [join(root, 'deploy/local/dist/farewell.js'), '--watch'], {
    name: 'farewell',
    logFile: logOf('farewell'),
    detached: true,
    spawn: { env: farewellEnvironment(settings) },
    isReady: (log) => log().includes('watching'),
  });
}

function startOwn(name: string, program: string, env: NodeJS.ProcessEnv, innerPort: number): Promise<Part> {
  return startPart(process.execPath, [program], {
    name,
    logFile: logOf(name),
    detached: true,
    spawn: { env },
    isReady: () =>
      fetch(`http://127.0.0.1:${innerPort}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
}
