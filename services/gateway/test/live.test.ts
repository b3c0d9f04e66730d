import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Browser,
  erika,
  type GatewayUnderTest,
  nordwind,
  project,
  startGatewayUnderTest,
  suedstern,
} from './gateway-under-test.js';

let gateway: GatewayUnderTest;
let browser: Browser;
beforeAll(async () => {
  gateway = await startGatewayUnderTest();
  browser = await gateway.signIn(erika);
});
afterAll(() => gateway.stop());

interface LiveEvent {
  event: string;
  id?: string;
  data: { kind?: string; id?: string; version?: number };
}

/** One open stream, read event by event. */
async function listen(headers: Record<string, string> = {}) {
  const closing = new AbortController();
  const response = await browser.fetch('/api/v1/live', { headers, signal: closing.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = (response.body as ReadableStream<Uint8Array>)
    .pipeThrough(new TextDecoderStream() as never)
    .getReader() as ReadableStreamDefaultReader<string>;
  let text = '';
  const next = async (): Promise<LiveEvent> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const fields = new Map(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => line.split(/: (.*)/s, 2) as [string, string]),
        );
        text = text.slice(end + 2);
        const event = fields.get('event');
        const id = fields.get('id');
        if (event) return { event, ...(id ? { id } : {}), data: JSON.parse(fields.get('data') ?? '{}') };
      } else {
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream has ended');
        text += value;
      }
    }
  };
  return { next, close: () => closing.abort() };
}

describe('live hints', () => {
  it('reach the audience alone, and never another tenant', async () => {
    const stream = await listen();
    expect((await stream.next()).event).toBe('listening');
    gateway.tell(suedstern, { audience: [`person:${erika.id}`], kind: 'request', id: 'other-tenant' });
    gateway.tell(nordwind, {
      audience: ['role:tenant-admin', 'person:somebody-else'],
      kind: 'request',
      id: 'not-for-her',
    });
    gateway.tell(nordwind, { audience: [`project:${project}`], kind: 'request', id: 'for-her' });
    expect(await stream.next()).toMatchObject({
      event: 'change',
      data: { kind: 'request', id: 'for-her' },
    });
    stream.close();
  });

  it('go on after the last one heard, and ask to start over when that is unknown', async () => {
    const first = await listen();
    await first.next();
    gateway.tell(nordwind, { audience: ['role:user'], kind: 'vm', id: 'one' });
    const { id = '' } = await first.next();
    first.close();
    gateway.tell(nordwind, { audience: ['role:user'], kind: 'vm', id: 'two' });
    gateway.tell(nordwind, { audience: ['role:user'], kind: 'vm', id: 'three' });
    // A stream of its own shows that the gateway has heard both.
    const witness = await listen({ 'last-event-id': id });
    await witness.next();
    expect((await witness.next()).data.id).toBe('two');
    expect((await witness.next()).data.id).toBe('three');
    witness.close();
    const again = await listen({ 'last-event-id': id });
    expect((await again.next()).event).toBe('listening');
    expect([(await again.next()).data.id, (await again.next()).data.id]).toEqual(['two', 'three']);
    again.close();
    const lost = await listen({ 'last-event-id': 'another-replica-17' });
    expect((await lost.next()).event).toBe('resync');
    lost.close();
  });

  it('on one object are joined to one a second', async () => {
    const stream = await listen();
    await stream.next();
    const tell = (id: string) => gateway.tell(nordwind, { audience: ['role:user'], kind: 'run', id });
    for (let times = 0; times < 20; times++) tell('busy');
    tell('quiet');
    const next = async () => (await stream.next()).data.id;
    expect([await next(), await next(), await next()]).toEqual(['busy', 'quiet', 'busy']);
    tell('done');
    expect(await next()).toBe('done');
    stream.close();
  });

  it('end when the gateway stops, well within ten seconds', async () => {
    const other = await startGatewayUnderTest();
    const reader = await other.signIn(erika);
    const stream = await reader.fetch('/api/v1/live');
    const began = performance.now();
    const ended = stream.text();
    await other.stop();
    expect(await ended).toContain('event: listening');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('end with the session', async () => {
    const stream = await listen();
    await stream.next();
    await browser.fetch('/auth/logout', { method: 'POST', body: {} });
    expect((await stream.next()).event).toBe('ended');
    await expect(stream.next()).rejects.toThrow('ended');
  });
});
