import { Gauge, Histogram, Registry } from 'prom-client';

/** Figures of the public port, for the inner one. Routes are patterns: no id of a person or thing becomes a label. */
export class CallMetrics {
  readonly registry = new Registry();
  readonly #durations: Histogram<'method' | 'route' | 'status'>;

  constructor(openStreams: () => number) {
    this.registry.setDefaultLabels({ service: 'gateway' });
    this.#durations = new Histogram({
      name: 'dvmm_http_request_duration_seconds',
      help: 'Calls from their headers to their answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.registry],
    });
    new Gauge({
      name: 'dvmm_live_streams',
      help: 'Browsers that listen for changes',
      registers: [this.registry],
      collect() {
        this.set(openStreams());
      },
    });
  }

  observe(call: { method: string; route: string; status: number; seconds: number }): void {
    this.#durations.observe({ method: call.method, route: call.route, status: String(call.status) }, call.seconds);
  }
}
