import type { Language } from '@dvmm/contracts';
import type { HttpBindings } from '@hono/node-server';

/** What every handler knows about the call it answers. */
export interface GatewayEnv {
  Bindings: HttpBindings;
  Variables: {
    correlationId: string;
    /** W3C, of this call's span; while tracing is off, as it came in. */
    traceparent: string | undefined;
    /** In which refusals are said. */
    language: Language;
    /** Route pattern for figures; absent while unknown. */
    route: string | undefined;
    tenant: string | undefined;
  };
}
