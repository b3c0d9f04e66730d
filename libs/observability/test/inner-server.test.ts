import { Counter, Registry } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import { type InnerServer, startInnerServer } from '../src/index.js';

let server: InnerServer | undefined;
afterEach(() => server?.close());

async function ask(path: string, checks: Record<string, () => Promise<void>> = {}) {
  const metrics = new Registry();
  new Counter({ name: 'orders_total', help: 'Orders', registers: [metrics] }).inc(3);
  server = await startInnerServer({ port: 0, host: '127.0.0.1', checks, metrics });
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
  return { status: answer.status, body: await answer.text() };
}

describe('the inner port', () => {
  it('says live even when a check fails', async () => {
    const checks = { postgres: () => Promise.reject(new Error('away')) };
    expect(await ask('/health/live', checks)).toMatchObject({ status: 200 });
  });

  it('is ready when every check passes', async () => {
    expect(await ask('/health/ready', { postgres: async () => {} })).toMatchObject({ status: 200 });
  });

  it('names what fails, and not why', async () => {
    const checks = { postgres: async () => {}, nats: () => Promise.reject(new Error('password canary')) };
    const { status, body } = await ask('/health/ready', checks);
    expect(status).toBe(503);
    expect(JSON.parse(body)).toEqual({ ready: false, failing: ['nats'] });
  });

  it('is not ready when a check never answers', async () => {
    expect(await ask('/health/ready', { postgres: () => new Promise(() => {}) })).toMatchObject({ status: 503 });
  });

  it('shows the metrics, and nothing else', async () => {
    expect((await ask('/metrics')).body).toContain('orders_total 3');
    await server?.close();
    expect((await ask('/anything')).status).toBe(404);
  });
});
