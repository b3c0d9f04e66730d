import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

export interface InnerServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Liveness, readiness and metrics, for the cluster's own eyes. Ready means: every check resolves within two seconds.
 * @param port 0 = any free one
 */
export async function startInnerServer({
  port,
  host,
  checks,
  metrics,
}: {
  port: number;
  host: string;
  checks: Readonly<Record<string, () => Promise<void>>>;
  metrics: Registry;
}): Promise<InnerServer> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '', response).catch(() => response.writeHead(500).end());
  });

  async function answer(url: string, response: ServerResponse): Promise<void> {
    switch (url.split('?')[0]) {
      case '/health/live':
        response.end('live\n');
        return;
      case '/health/ready': {
        const failing = await failingChecks(checks);
        response.writeHead(failing.length === 0 ? 200 : 503, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ ready: failing.length === 0, failing }));
        return;
      }
      case '/metrics':
        response.setHeader('content-type', metrics.contentType);
        response.end(await metrics.metrics());
        return;
      default:
        response.writeHead(404).end();
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function failingChecks(checks: Readonly<Record<string, () => Promise<void>>>): Promise<string[]> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const late = new Promise<never>((_, reject) => setTimeout(reject, 2_000, new Error('late')).unref());
      return Promise.race([check(), late]).then(
        () => undefined,
        () => name,
      );
    }),
  );
  return results.filter((name) => name !== undefined);
}
