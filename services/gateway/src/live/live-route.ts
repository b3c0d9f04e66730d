import type { Context, Hono } from 'hono';
import { type SSEMessage, streamSSE } from 'hono/streaming';
import type { GatewayEnv } from '../gateway-env.js';
import type { Limits } from '../limits/limits.js';
import { Problem } from '../problems/problem.js';
import type { Authentication } from '../sessions/authentication.js';
import type { Principal } from '../sessions/principals.js';
import { audiencesOf } from './audiences.js';
import type { NumberedHint } from './hint-ring.js';
import type { LiveHub } from './live-hub.js';
import { Outbox } from './outbox.js';

const heartbeatMs = 15_000;
const checkAgainMs = 5_000;
const streamsPerPerson = 20;
const unreadHints = 256;

export interface LiveParts {
  readonly authentication: Authentication;
  readonly limits: Limits;
  readonly hub: LiveHub;
  /** Open streams, so that a stopping gateway can end them. */
  readonly streams: Map<Outbox<SSEMessage>, string>;
}

/** `GET /api/v1/live`: server-sent events that say what to ask again. */
export function registerLive(app: Hono<GatewayEnv>, parts: LiveParts): void {
  app.get('/api/v1/live', async (c) => {
    c.set('route', '/api/v1/live');
    const { principal } = await parts.authentication.whoAsks(c, { keepAwake: false });
    await parts.limits.take(c, 'reads', `${principal.tenantId}/${principal.personId}`);
    const open = [...parts.streams.values()].filter((personId) => personId === principal.personId).length;
    if (open >= streamsPerPerson) throw new Problem('too-many-streams', { about: { limit: streamsPerPerson } });
    c.header('X-Accel-Buffering', 'no'); // A proxy that collects the stream would make it late.
    return streamSSE(c, (stream) => {
      const outbox = new Outbox<SSEMessage>(unreadHints);
      stream.onAbort(() => outbox.close());
      return speak(c, parts, principal, outbox, (text) => stream.write(text).then(() => undefined));
    });
  });
}

async function speak(
  c: Context<GatewayEnv>,
  parts: LiveParts,
  signedIn: Principal,
  outbox: Outbox<SSEMessage>,
  write: (text: string) => Promise<void>,
): Promise<void> {
  const { hub, streams, authentication } = parts;
  let audiences = audiencesOf(signedIn);
  const cutOff = () => {
    outbox.close();
    c.env.outgoing.destroy(); // Whatever is still in its way is of no use to a reader this slow.
  };
  const offer = (hint: NumberedHint) => {
    if (outbox.closed || hint.tenant !== signedIn.tenantId) return;
    if (hint.audience.some((audience) => audiences.has(audience)) && !outbox.put(changeOf(hint))) cutOff();
  };
  streams.set(outbox, signedIn.personId);
  const { missed, stop } = hub.listen(c.req.header('last-event-id'), offer);
  // Where hints follow, each moves the position itself; a break between them must not skip the rest.
  const position = missed && missed.length > 0 ? {} : { id: hub.position };
  outbox.put({ event: missed ? 'listening' : 'resync', ...position, retry: 2_000, data: '{}' });
  for (const hint of missed ?? []) offer(hint);

  const checking = setInterval(() => {
    // A session that ended and a role that was taken away stop counting here as everywhere.
    authentication.whoAsks(c, { keepAwake: false }).then(
      ({ principal }) => {
        audiences = audiencesOf(principal);
      },
      (error: unknown) => {
        if (!(error instanceof Problem)) return; // Tenant or the broker is away for a moment; the next check tells.
        outbox.put({ event: 'ended', data: JSON.stringify({ code: error.code }) });
        outbox.close();
      },
    );
  }, checkAgainMs);
  try {
    for (;;) {
      const next = await outbox.next(heartbeatMs);
      if (next) await write(eventText(next));
      else if (outbox.closed) return;
      else await write(': still here\n\n');
    }
  } finally {
    clearInterval(checking);
    stop();
    streams.delete(outbox);
  }
}

function changeOf({ position, kind, id }: NumberedHint): SSEMessage {
  return { event: 'change', id: position, data: JSON.stringify({ kind, id }) };
}

function eventText({ event, id, retry, data }: SSEMessage): string {
  const lines = [event && `event: ${event}`, id && `id: ${id}`, retry && `retry: ${retry}`, `data: ${String(data)}`];
  return `${lines.filter(Boolean).join('\n')}\n\n`;
}
