import type { LocalSettings } from './local-settings.js';
import { fromCompose } from './parts-from.js';

/** Where everything answers. */
export function addressesOf({ ports }: LocalSettings) {
  const http = (port: number) => `http://127.0.0.1:${port}`;
  return {
    gateway: http(ports.gateway),
    issuer: fromCompose ? `${http(ports.oidc)}/realms/dvmm` : http(ports.oidc),
    mail: http(ports.mail),
    nats: `nats://127.0.0.1:${ports.nats}`,
    natsMonitor: http(ports.natsMonitor),
    vcenter: `https://127.0.0.1:${ports.vcenter}/sdk`,
  };
}

/** A resource indicator must be an absolute URI (RFC 8707). */
export const audience = 'urn:dvmm:api';
export const clientId = 'dvmm-gateway';
