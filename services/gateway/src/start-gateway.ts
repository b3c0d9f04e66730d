import { hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contracts } from '@dvmm/contracts';
import { loadPrivateKey, OidcLogin, OidcVerifier, usualClaims } from '@eaf/auth';
import { Calls, connectToNats } from '@eaf/messaging';
import { createLogger, startInnerServer, startTracing } from '@eaf/observability';
import { createAdaptorServer } from '@hono/node-server';
import { type AppParts, createApp } from './app.js';
import { CallMetrics } from './call-metrics.js';
import type { GatewayConfig } from './config.js';
import { Limits } from './limits/limits.js';
import { shareCounts } from './limits/share-counts.js';
import { LiveHub } from './live/live-hub.js';
import { Directory } from './operations/directory.js';
import { Authentication } from './sessions/authentication.js';
import { Bearers } from './sessions/bearers.js';
import { Cookies } from './sessions/cookies.js';
import { Principals } from './sessions/principals.js';
import { SealedCookie } from './sessions/sealed-cookie.js';
import { SessionStore } from './sessions/session-store.js';

export interface RunningGateway {
  readonly port: number;
  readonly innerPort: number;
  stop(): Promise<void>;
}

const lastCallsMs = 7_000;

/** Starts the gateway: connected to the broker, both ports open. */
export async function startGateway(config: GatewayConfig): Promise<RunningGateway> {
  const logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL });
  const tracing = await startTracing({ service: 'gateway' });
  const connection = await connectToNats(config, 'gateway', logger);
  const calls = new Calls(connection, contracts.prefix, 'gateway', loadPrivateKey(config.ACTOR_KEY_FILE));
  const limits = new Limits();
  const counts = shareCounts(connection, contracts.prefix, limits);
  const hub = new LiveHub(connection, contracts.prefix);
  const streams: AppParts['streams'] = new Map();
  const metrics = new CallMetrics(() => hub.listening);
  const secure = config.PUBLIC_URL.startsWith('https:');
  const sessions = await SessionStore.open(connection);
  const cookies = new Cookies(secure);
  const principals = new Principals(calls);
  const provider = {
    issuer: config.OIDC_ISSUER,
    allowInsecureLoopback: config.OIDC_ALLOW_INSECURE_LOOPBACK,
    claims: { ...usualClaims, groups: config.GROUPS_CLAIM },
  };
  const bearers = new Bearers(new OidcVerifier({ ...provider, audience: config.OIDC_AUDIENCE }), calls);
  const login = new OidcLogin({
    ...provider,
    clientId: config.KEYCLOAK_CLIENT_ID,
    clientSecret: config.OIDC_CLIENT_SECRET,
    redirectUri: `${config.PUBLIC_URL}/auth/callback`,
    scope: config.OIDC_SCOPE,
  });
  const publicOrigin = new URL(config.PUBLIC_URL).origin;
  const authentication = new Authentication({ sessions, cookies, principals, bearers, publicOrigin });
  let stopping = false;
  const reachesBroker = async () => {
    if (stopping || connection.isClosed()) throw new Error('closed');
    await connection.flush();
  };

  const app = createApp({
    calls,
    limits,
    hub,
    streams,
    metrics,
    sessions,
    cookies,
    principals,
    login,
    authentication,
    logger,
    directory: new Directory(calls),
    sealed: new SealedCookie(
      new Uint8Array(hkdfSync('sha256', readFileSync(config.ACTOR_KEY_FILE), '', 'sign-in cookie', 32)),
    ),
    trustedProxies: config.TRUSTED_PROXIES,
    allowBackdating: config.ALLOW_BACKDATING,
    publicUrl: config.PUBLIC_URL,
    portalDir: config.PORTAL_DIR,
    isReady: () => within(2_000, reachesBroker()),
  });
  const inner = await startInnerServer({
    port: config.INNER_PORT,
    host: config.INNER_HOST,
    checks: { nats: reachesBroker },
    metrics: metrics.registry,
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  logger.info({ operation: 'start', port }, 'Started');

  return {
    port,
    innerPort: inner.port,
    /** No new call is taken, open ones end, streams are told to come back elsewhere. */
    async stop() {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const outbox of streams.keys()) outbox.close();
      // A connection falls idle when its last call has ended, and would then be kept for another call.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const impatience = setTimeout(() => server.closeAllConnections(), lastCallsMs);
      await closed;
      clearInterval(idle);
      clearTimeout(impatience);
      counts.stop();
      hub.stop();
      await connection.drain();
      await Promise.all([inner.close(), tracing.stop()]);
      logger.info({ operation: 'stop' }, 'Stopped');
    },
  };
}

async function within(ms: number, work: Promise<void>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, ms, false).unref());
  return Promise.race([late, work.then(() => true).catch(() => false)]);
}
