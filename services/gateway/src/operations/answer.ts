import { isRefusalCode } from '@dvmm/contracts';
import { type Calls, mayAsk } from '@eaf/messaging';
import { isRefusal } from '@eaf/messaging/contract';
import type { Context } from 'hono';
import { z } from 'zod';
import type { GatewayEnv } from '../gateway-env.js';
import { clientAddress } from '../limits/client-address.js';
import type { Limits } from '../limits/limits.js';
import { Problem } from '../problems/problem.js';
import { problemOf } from '../problems/problem-of.js';
import { askingFor } from '../sessions/asking-for.js';
import type { Authentication } from '../sessions/authentication.js';
import { backdatedSecondsOf } from './backdating.js';
import { compose } from './composition.js';
import type { Directory } from './directory.js';
import { idempotencyKeyOf } from './idempotency-key.js';
import { inputOf } from './input.js';
import { isCostly, type PublicOperation } from './public-operations.js';

export interface Answering {
  readonly authentication: Authentication;
  readonly limits: Limits;
  readonly calls: Calls;
  readonly directory: Directory;
  readonly trustedProxies: number;
  readonly allowBackdating: boolean;
}

/** Below the ten seconds that a whole call has, so that the person hears from us and not from a proxy. */
const askTimeoutMs = 8_500;

/** One call, from its headers to its answer. The same for every operation: what differs stands in the contract. */
export async function answer(c: Context<GatewayEnv>, operation: PublicOperation, parts: Answering): Promise<Response> {
  const { principal } = await parts.authentication.whoAsks(c).catch(async (error: unknown) => {
    // Guessing tokens is limited like knocking at the sign-in.
    if (error instanceof Problem && error.code === 'not-signed-in')
      await parts.limits.take(c, 'strangers', clientAddress(c, parts.trustedProxies));
    throw error;
  });
  await parts.limits.take(c, isCostly(operation) ? 'writes' : 'reads', `${principal.tenantId}/${principal.personId}`);
  if (!mayAsk(operation, principal.roles, principal.personId)) throw new Problem('not-allowed');
  if (operation.writes && !principal.active) throw new Problem('tenant.suspended');
  const idempotencyKey = idempotencyKeyOf(operation, c.req.header('idempotency-key'));
  const backdatedSeconds = backdatedSecondsOf(c.req.header('x-backdated-seconds'), parts.allowBackdating);
  const input = await inputOf(c, operation);

  const asking = { ...askingFor(c, principal), backdatedSeconds };
  const about = { tenant: asking.tenant, correlationId: asking.correlationId };
  const reply: unknown = await parts.calls
    .ask(operation, input, asking, { timeoutMs: askTimeoutMs, idempotencyKey })
    .catch((error: unknown) => {
      throw operation.writes ? error : nothingChanged(error);
    });
  if (isRefusal(reply)) {
    throw await refusedProblem(operation, reply, (schema, detail) => compose(schema, detail, parts.directory, about));
  }
  const composed = await compose(operation.output, reply, parts.directory, about).catch((cause: unknown) => {
    // The change has happened: nobody may be told that nothing did.
    throw operation.writes ? new Problem('outcome-unknown', { cause }) : cause;
  });
  c.header('Cache-Control', 'no-store');
  linkToNextPage(c, composed);
  return c.json(composed as object, operation.http.status ?? 200);
}

/** Where only something was read, a late answer leaves nothing open. */
function nothingChanged(error: unknown): Problem {
  const problem = problemOf(error);
  if (problem.code !== 'outcome-unknown') return problem;
  return new Problem('service-away', { headers: problem.headers, cause: problem.cause });
}

async function refusedProblem(
  operation: PublicOperation,
  { refused, detail }: { refused: string; detail: unknown },
  composed: (schema: z.ZodType, detail: unknown) => Promise<unknown>,
): Promise<Problem> {
  if (!isRefusalCode(refused)) return new Problem('server-failed', { cause: new Error(`${refused} has no words`) });
  const about = await composed(operation.refusals[refused] ?? z.unknown(), detail);
  return new Problem(refused, { about: about as Record<string, unknown> });
}

function linkToNextPage(c: Context<GatewayEnv>, reply: unknown): void {
  const cursor = (reply as { nextCursor?: unknown }).nextCursor;
  if (typeof cursor !== 'string') return;
  const query = new URLSearchParams({ ...c.req.query(), cursor });
  c.header('Link', `<${c.req.path}?${query}>; rel="next"`);
}
