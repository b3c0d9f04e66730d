import type { GatewayConfig } from '../config.js';
import type { IdentityProvider } from './identity-provider.js';
export function connectIdentityProvider(_config: GatewayConfig): IdentityProvider {
  throw new Error('awaits @eaf/auth');
}
