import { spawnSync } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { eventually, startTraceReceiver, type TraceReceiver } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentTraceparent, inSpan, inSpanOfTrace, outsideOfTrace, SpanKind, startTracing } from '../src/index.js';

/** Makes a span in a process of its own, and tells how long it then took to stop. */
const stopAfterSpan = `
const { inSpan, SpanKind, startTracing } = await import('@eaf/observability');
const tracing = await startTracing({ service: 'orders' });
await inSpan({ name: 'asked', kind: SpanKind.SERVER }, async () => undefined);
const began = performance.now();
await tracing.stop();
console.log(JSON.stringify(performance.now() - began));
process.exit(0); // As a service does.
`;

/** Loads the built lib in a process of its own and tells which modules that took. */
const listModules = `
import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
const { startTracing } = await import('@eaf/observability');
const tracing = await startTracing({ service: 'orders' });
console.log(JSON.stringify(loaded));
await tracing.stop();
`;

function answerOf(program: string, env: NodeJS.ProcessEnv): unknown {
  const args = ['--input-type=module', '--eval', program];
  // In this package's folder, so that it finds itself by name.
  const cwd = new URL('..', import.meta.url);
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout);
}

function modulesLoaded(env: NodeJS.ProcessEnv): string[] {
  return (answerOf(listModules, env) as string[]).filter(
    (url) => /opentelemetry/.test(url) && !/opentelemetry.api/.test(url),
  );
}

describe('without a receiver', () => {
  it('loads nothing that makes or sends spans', () => {
    const { OTEL_EXPORTER_OTLP_ENDPOINT: _, ...env } = process.env;
    expect(modulesLoaded(env)).toEqual([]);
    expect(modulesLoaded({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })).not.toEqual([]);
  });

  it('passes on the trace that came in', async () => {
    const incoming = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const about = { name: 'asked', kind: SpanKind.SERVER, traceparent: incoming };
    expect(await inSpan(about, async () => currentTraceparent(incoming))).toBe(incoming);
  });
});

describe('with a receiver that never answers', () => {
  it('stops all the same, within seconds', async () => {
    const silent = createServer(); // The system takes the connection; nobody reads.
    const port = await new Promise<number>((resolve) =>
      silent.listen(0, '127.0.0.1', () => resolve((silent.address() as AddressInfo).port)),
    );
    const env = { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
    expect(answerOf(stopAfterSpan, env)).toBeLessThan(5_000);
    silent.close();
  });
});

describe('with a receiver', () => {
  let receiver: TraceReceiver;
  let tracing: Awaited<ReturnType<typeof startTracing>>;
  beforeAll(async () => {
    receiver = await startTraceReceiver();
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = receiver.endpoint;
    tracing = await startTracing({ service: 'orders' });
  });
  afterAll(async () => {
    await tracing.stop();
    await receiver.close();
  });
  const received = (name: string) =>
    eventually(async () => receiver.spans.find((span) => span.name === name), { what: `the span ${name}` });

  it('one trace spans what is handed on by its traceparent', async () => {
    let handedOn: string | undefined;
    await inSpan({ name: 'POST /orders', kind: SpanKind.SERVER }, async (span) => {
      span.note({ 'http.response.status_code': 201 });
      await Promise.resolve(); // The trace goes through awaits.
      handedOn = currentTraceparent();
    });
    await inSpan({ name: 'hear order.placed', kind: SpanKind.CONSUMER, traceparent: handedOn }, () =>
      inSpanOfTrace('print', { copies: 2 }, async () => undefined),
    );
    const [asked, heard, printed] = [
      await received('POST /orders'),
      await received('hear order.placed'),
      await received('print'),
    ];
    expect(asked).toMatchObject({ service: 'orders', attributes: { 'http.response.status_code': 201 } });
    expect(heard).toMatchObject({ traceId: asked.traceId, parentSpanId: asked.spanId });
    expect(printed).toMatchObject({ traceId: asked.traceId, parentSpanId: heard.spanId, attributes: { copies: 2 } });
  });

  it('an error is told by its name, and nothing of what it says', async () => {
    const failing = inSpan({ name: 'failing', kind: SpanKind.CLIENT }, async () => {
      throw new RangeError('erika@nordwind.example is unknown');
    });
    await expect(failing).rejects.toThrow('erika@');
    expect((await received('failing')).status).toMatchObject({ message: 'RangeError' });
    expect(receiver.text()).not.toContain('erika@');
  });

  it('work that serves everybody is in nobody’s trace', async () => {
    let outside: string | undefined = 'not asked';
    await inSpan({ name: 'first of many', kind: SpanKind.SERVER }, async () => {
      outside = outsideOfTrace(() => currentTraceparent());
      await outsideOfTrace(() => inSpanOfTrace('poll', {}, async () => undefined));
    });
    await received('first of many');
    expect(outside).toBeUndefined();
    expect(receiver.spans.map(({ name }) => name)).not.toContain('poll');
  });
});
