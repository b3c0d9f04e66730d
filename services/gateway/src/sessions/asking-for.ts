import type { AskingFor } from '@eaf/messaging';
import type { Context } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';
import type { Principal } from './principals.js';

/** On whose behalf a service is asked, in which call. */
export function askingFor(
  c: Context<GatewayEnv>,
  { tenantId, personId, roles, scopes }: Pick<Principal, 'tenantId' | 'personId' | 'roles' | 'scopes'>,
): AskingFor {
  return {
    tenant: tenantId,
    actorId: personId,
    roles,
    scopes,
    correlationId: c.get('correlationId'),
    traceparent: c.get('traceparent'),
  };
}
