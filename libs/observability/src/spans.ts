import { type Attributes, context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('@eaf/observability');

/** The span that is being made. What is put into it leaves the process: ids and figures, never names or texts of people. */
export interface RunningSpan {
  rename(name: string): void;
  note(attributes: Attributes): void;
}

/**
 * Runs `work` in a span below the trace that `traceparent` names, or below the active span. An error is noted by its name
 * alone. Costs next to nothing while tracing is off.
 */
export async function inSpan<T>(
  about: { name: string; kind: SpanKind; traceparent?: string | null | undefined; attributes?: Attributes },
  work: (span: RunningSpan) => Promise<T>,
): Promise<T> {
  const { name, kind, traceparent, attributes = {} } = about;
  const parent = traceparent ? propagation.extract(context.active(), { traceparent }) : context.active();
  return tracer.startActiveSpan(name, { kind, attributes }, parent, async (span) => {
    try {
      return await work({ rename: (better) => span.updateName(better), note: (more) => span.setAttributes(more) });
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** As {@link inSpan}, where a trace is under way; elsewhere just runs `work`. For calls that also happen in the background all day. */
export async function inSpanOfTrace<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return trace.getActiveSpan() ? inSpan({ name, kind: SpanKind.CLIENT, attributes }, work) : work();
}

/** Runs what goes on after the present trace has ended, such as a loop that serves everybody, outside of it. */
export function outsideOfTrace<T>(work: () => T): T {
  return context.with(trace.deleteSpan(context.active()), work);
}

/** W3C traceparent of the active span; while tracing is off, the one that came in. */
export function currentTraceparent(incoming?: string | null): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? incoming ?? undefined;
}

export { SpanKind };
