import { services } from '@dvmm/contracts';
import type { LocalSettings, PortName } from './local-settings.js';

/** As docker-compose.yml publishes them; the gateway's stands in the realm's redirect URI. A test compares. */
export const composePorts = {
  postgres: 25_432,
  nats: 24_222,
  natsMonitor: 28_222,
  vcenter: 28_989,
  oidc: 28_080,
  smtp: 21_025,
  mail: 28_025,
  gateway: 28_000,
} as const satisfies Partial<Record<PortName, number>>;

/** What the containers were told. Everything else keeps a password that was made here. */
export function composePasswords(env: NodeJS.ProcessEnv = process.env): LocalSettings['passwords'] {
  const demo = env.DVMM_DEMO_PASSWORD ?? 'only-for-this-demo';
  const told = ['postgres', 'nats-setup', 'nats-operator', 'vcenter', 'smtp', 'oidc-client', 'gateway', 'people'];
  return Object.fromEntries([...told, ...services.map((service) => `${service}-nats`)].map((name) => [name, demo]));
}
