import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { timeout } from 'hono/timeout';
import { type BrandingParts, registerBranding } from './branding/tenant-branding.js';
import { callFacts } from './call-facts.js';
import type { CallMetrics } from './call-metrics.js';
import type { GatewayEnv } from './gateway-env.js';
import { registerHealth } from './health.js';
import { type LiveParts, registerLive } from './live/live-route.js';
import { openApiDocument } from './openapi/document.js';
import type { Answering } from './operations/answer.js';
import { registerOperations } from './operations/routes.js';
import { registerAssets } from './pages/assets.js';
import { registerPortalFiles } from './pages/portal-files.js';
import { registerProblemPages } from './pages/problem-pages.js';
import { registerSchemas } from './pages/schemas.js';
import { Problem } from './problems/problem.js';
import { problemOf } from './problems/problem-of.js';
import { problemResponse } from './problems/problem-response.js';
import { registerSessionRoutes, type SessionRouteParts } from './sessions/session-routes.js';
import { registerSignIn, type SignInParts } from './sessions/sign-in.js';

const bodyLimitBytes = 256 * 1_024;
const callLimitMs = 10_000;

export interface AppParts extends Answering, SignInParts, SessionRouteParts, LiveParts, BrandingParts {
  readonly portalDir: string | undefined;
  readonly metrics: CallMetrics;
  readonly isReady: () => Promise<boolean>;
}

/** Everything the public port answers, in the order in which a call meets it. */
export function createApp(parts: AppParts): Hono<GatewayEnv> {
  const app = new Hono<GatewayEnv>();
  app.onError((error, c) => {
    const problem = problemOf(error);
    if (problem.code === 'server-failed') {
      parts.logger.error(
        {
          operation: c.get('route'),
          correlationId: c.get('correlationId'),
          tenant: c.get('tenant'),
          err: problem.cause,
        },
        'A call failed',
      );
    } else if (problem.cause) {
      parts.logger.info(
        { reason: problem.code, correlationId: c.get('correlationId'), err: problem.cause },
        'A call was refused',
      );
    }
    return problemResponse(c, problem);
  });
  app.notFound((c) => problemResponse(c, new Problem('not-found')));
  app.use(callFacts(parts.logger, parts.metrics));
  app.use(strictHeaders(parts.publicUrl));
  app.use(
    bodyLimit({
      maxSize: bodyLimitBytes,
      onError: () => {
        // The rest of the body is not read, so this connection is of no use to a next call; the caller must know.
        throw new Problem('too-large', { headers: { Connection: 'close' } });
      },
    }),
  );

  registerHealth(app, parts.isReady);
  registerAssets(app);
  registerProblemPages(app);
  registerSchemas(app);
  const openApi = JSON.stringify(openApiDocument(parts.publicUrl));
  app.get('/openapi.json', (c) => c.body(openApi, 200, { 'Content-Type': 'application/json' }));
  registerLive(app, parts); // Before the time limit: a stream stays open.
  app.use(timeout(callLimitMs));
  registerSignIn(app, parts);
  registerSessionRoutes(app, parts);
  registerBranding(app, parts);
  registerOperations(app, parts);
  registerPortalFiles(app, parts.portalDir);
  return app;
}

function strictHeaders(publicUrl: string) {
  const own = ["'self'"];
  const none = ["'none'"];
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: none,
      scriptSrc: own,
      styleSrc: own,
      imgSrc: [...own, 'data:'],
      fontSrc: own,
      connectSrc: own,
      formAction: own,
      frameAncestors: none,
      baseUri: none,
    },
    strictTransportSecurity: publicUrl.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : false,
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
  });
}
