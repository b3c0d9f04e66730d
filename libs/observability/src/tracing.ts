import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, type ContextManager, context, ROOT_CONTEXT } from '@opentelemetry/api';

export interface Tracing {
  /** Sends what is left. Never throws. */
  stop(): Promise<void>;
}

/**
 * Carries the active trace across awaits. Spans are made and exported only where the operator sets
 * `OTEL_EXPORTER_OTLP_ENDPOINT`; elsewhere what makes them is not even loaded.
 */
export async function startTracing({ service }: { service: string }): Promise<Tracing> {
  context.setGlobalContextManager(new AsyncContext());
  if (!process.env.OTEL_EXPORTER_OTLP_ENDPOINT) return { stop: async () => {} };
  const { exportSpans } = await import('./export-spans.js');
  return exportSpans(service);
}

class AsyncContext implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    active: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#storage.run(active, () => fn.call(thisArg, ...args));
  }

  bind<T>(_active: Context, target: T): T {
    return target;
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }
}
