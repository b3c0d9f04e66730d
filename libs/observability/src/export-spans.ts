import { propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

const batchEveryMs = 1_000;
const lastBatchMs = 2_000;

/**
 * Makes spans and sends them in batches, as JSON, where `OTEL_EXPORTER_OTLP_ENDPOINT` says (with the headers and limits of
 * its sister variables). A receiver that is away costs spans, never a request.
 */
export function exportSpans(service: string): { stop(): Promise<void> } {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: batchEveryMs })],
  });
  trace.setGlobalTracerProvider(provider);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return {
    /** What cannot be sent by then is lost: stopping neither fails nor waits for a receiver that is away. */
    async stop() {
      const late = new Promise<void>((resolve) => setTimeout(resolve, lastBatchMs).unref());
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}
