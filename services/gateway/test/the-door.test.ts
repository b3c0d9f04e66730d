import { randomUUID } from 'node:crypto';
import { approve, cancelRequest, getRequest, listMembers, listRequests, me, submitRequest } from '@dvmm/contracts';
import { OperationFault, refuse } from '@eaf/messaging/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Browser,
  bernd,
  carla,
  erika,
  type GatewayUnderTest,
  nobody,
  nordwind,
  project,
  startGatewayUnderTest,
  suedstern,
} from './gateway-under-test.js';

let gateway: GatewayUnderTest;
let browser: Browser;
const requestId = '44444444-4444-4444-8444-444444444444';
const size = { key: 'M', vcpus: 2, memoryMiB: 4096, diskGiB: 40, monthlyCostCents: 4200, currency: 'EUR' };
const named = { id: project, name: 'Webshop' };
const vm = {
  project: named,
  size,
  template: named,
  network: named,
  name: 'web-shop-01',
  environment: 'test' as const,
  leaseDays: null,
  sshPublicKey: null,
};
const wish = { projectId: project, size: 'M', templateId: project, networkId: project, name: 'web-shop-01' };

beforeAll(async () => {
  gateway = await startGatewayUnderTest();
  gateway.peers.answer(me, (_, { actorId, tenant }) => ({
    person: { id: actorId },
    language: 'de',
    timeZone: null,
    leftGuides: [],
    tenant: {
      id: tenant,
      slug: 'nordwind',
      name: 'Nordwind AG',
      active: true,
      brand: { colours: null, logo: null },
    },
    roles: ['user'],
    projects: [],
  }));
  gateway.peers.answer(submitRequest, (_, { idempotency }) =>
    idempotency?.key.startsWith('quota')
      ? refuse('quota.exceeded', {
          scope: 'project',
          project: 'Webshop',
          dimension: 'vcpus',
          limit: 10,
          left: 1,
          asked: 2,
        })
      : { id: requestId, state: 'submitted', vm },
  );
  browser = await gateway.signIn(erika);
});
afterAll(() => gateway.stop());

describe('who may come in', () => {
  it('refuses a call without session or token', async () => {
    const response = await fetch(`${gateway.url}/api/v1/me`, { headers: { 'accept-language': 'en' } });
    const problem = await answerIn(response);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(problem).toMatchObject({
      type: '/problems/not-signed-in',
      status: 401,
      code: 'not-signed-in',
      title: 'Not signed in',
    });
    expect(problem.correlationId).toBe(response.headers.get('x-correlation-id'));
  });

  it('knows the person behind the cookie, with her name added', async () => {
    const response = await browser.fetch('/api/v1/me');
    expect(response.status).toBe(200);
    expect(await answerIn(response)).toMatchObject({
      person: { id: erika.id, name: 'Erika Beispiel' },
      tenant: { id: nordwind },
    });
  });

  it('gives a new session id at every sign-in and ends the one before', async () => {
    const first = await gateway.signInPage(erika);
    const cookie = first.cookies.header(gateway.url);
    const again = await fetch(`${gateway.url}/auth/session`, { headers: { cookie } });
    expect(again.status).toBe(200);
    expect(cookie).toMatch(/^session=[\w-]{43}$/);
    expect((await gateway.signInPage(erika)).cookies.header(gateway.url)).not.toBe(cookie);
  });

  it('does not take what a page asks by itself for a person who is present', async () => {
    const open = await gateway.signIn(bernd);
    const endsAt = async () => ((await (await open.fetch('/auth/session')).json()) as { endsAt: string }).endsAt;
    await gateway.letSessionsRest(5 * 60_000);
    const before = await endsAt();
    expect((await open.fetch('/api/v1/me', { headers: { 'x-dvmm-background': '1' } })).status).toBe(200);
    expect(await endsAt()).toBe(before);
    expect((await open.fetch('/api/v1/me')).status).toBe(200);
    expect(Date.parse(await endsAt()) - Date.parse(before)).toBeGreaterThanOrEqual(5 * 60_000);
  });

  it('takes no session id from outside', async () => {
    const response = await fetch(`${gateway.url}/api/v1/me`, { headers: { cookie: 'session=planted' } });
    expect(response.status).toBe(401);
  });

  it('refuses a bearer token that the provider did not sign', async () => {
    const forged = `${btoa('{"alg":"none"}')}.${btoa('{"sub":"x"}')}.`;
    const response = await fetch(`${gateway.url}/api/v1/me`, { headers: { authorization: `Bearer ${forged}` } });
    expect(response.status).toBe(401);
  });

  it('takes an access token without cookie and header, and no id token', async () => {
    const { access_token, id_token } = await gateway.tokensOf(erika);
    const call = (token: string, tenant?: string) =>
      fetch(`${gateway.url}/api/v1/requests`, {
        method: 'POST',
        body: JSON.stringify(wish),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
          ...(tenant ? { 'x-tenant': tenant } : {}),
        },
      });
    expect((await call(access_token)).status).toBe(201);
    expect((await call(access_token, suedstern)).status).toBe(404);
    expect((await call(id_token)).status).toBe(401);
    expect((await call(`${access_token.slice(0, -4)}AAAA`)).status).toBe(401);
    const asked = gateway.peers.asked.filter(
      ({ operation, input }) => operation === 'tenant.open-session' && !(input as { signIn: boolean }).signIn,
    );
    expect(asked).toHaveLength(1);
  });

  it('lets people of a suspended tenant look and change nothing', async () => {
    const both = await gateway.signIn(carla);
    const read = await both.fetch('/api/v1/me');
    const write = await both.fetch('/api/v1/requests', {
      method: 'POST',
      body: wish,
      headers: { 'idempotency-key': randomUUID() },
    });
    expect([read.status, write.status, (await answerIn(write)).code]).toEqual([200, 403, 'tenant.suspended']);
  });

  it('answers a foreign tenant in X-Tenant like an absent one', async () => {
    const foreign = await browser.fetch('/api/v1/me', { headers: { 'x-tenant': suedstern } });
    const absent = await browser.fetch('/api/v1/me', { headers: { 'x-tenant': randomUUID() } });
    expect([foreign.status, absent.status]).toEqual([404, 404]);
    const [one, other] = [await answerIn(foreign), await answerIn(absent)];
    expect({ ...one, correlationId: '' }).toEqual({ ...other, correlationId: '' });
  });

  it('lets a member of two tenants work in either', async () => {
    const both = await gateway.signIn(bernd);
    expect(await answerIn(await both.fetch('/api/v1/me'))).toMatchObject({ tenant: { id: nordwind } });
    const moved = await both.fetch('/auth/tenant', { method: 'POST', body: { tenantId: suedstern } });
    expect(moved.status).toBe(200);
    expect(await answerIn(await both.fetch('/api/v1/me'))).toMatchObject({ tenant: { id: suedstern } });
    expect((await browser.fetch('/auth/tenant', { method: 'POST', body: { tenantId: suedstern } })).status).toBe(404);
  });

  it('tells somebody without a tenant so, on a page', async () => {
    await expect(gateway.signInPage(nobody)).rejects.toThrow(/403/);
  });

  it('lets nobody in after the sign-out', async () => {
    const leaving = await gateway.signIn(erika);
    const response = await leaving.fetch('/auth/logout', { method: 'POST', body: {} });
    expect(response.status).toBe(200);
    expect((await answerIn(response)).continueAt).toContain(gateway.issuer);
    expect((await leaving.fetch('/api/v1/me')).status).toBe(401);
    expect(
      gateway.peers.asked.some(
        ({ operation, actorId }) => operation === 'tenant.close-session' && actorId === erika.id,
      ),
    ).toBe(true);
  });

  it('refuses a role that the operation does not allow', async () => {
    const response = await browser.fetch(listMembers.http?.path ?? '');
    expect([response.status, (await answerIn(response)).code]).toEqual([403, 'not-allowed']);
  });

  it('sends the set-up token of the first administrator along with the sign-in', async () => {
    const began = await fetch(`${gateway.url}/setup/one-time-token`, { redirect: 'manual' });
    expect(began.headers.get('location')).toContain(gateway.issuer);
    expect(began.headers.getSetCookie().join()).not.toContain('one-time-token');
    await gateway.signInPage(erika, '/setup/one-time-token');
    const asked = gateway.peers.asked.filter(({ operation }) => operation === 'tenant.open-session').at(-1);
    expect(asked).toMatchObject({
      input: {
        setupToken: 'one-time-token',
        signIn: true,
        email: 'erika@example.com',
        emailVerified: true,
        language: 'de',
      },
    });
  });
});

describe('changes', () => {
  const submit = (headers: Record<string, string>, body: unknown = wish) =>
    browser.fetch('/api/v1/requests', { method: 'POST', body, headers });

  it('need the header that foreign pages cannot send', async () => {
    const bare = await submit({ 'x-requested-with': 'XMLHttpRequest', 'idempotency-key': randomUUID() });
    const elsewhere = await submit({ origin: 'https://evil.example', 'idempotency-key': randomUUID() });
    const crossSite = await submit({ 'sec-fetch-site': 'cross-site', 'idempotency-key': randomUUID() });
    expect(
      await Promise.all([bare, elsewhere, crossSite].map(async (response) => (await answerIn(response)).code)),
    ).toEqual(['csrf', 'csrf', 'csrf']);
  });

  it('need an Idempotency-Key, and say what to do', async () => {
    const response = await submit({});
    const problem = await answerIn(response);
    expect([response.status, problem.code]).toEqual([400, 'key-missing']);
    expect(problem.detail).toContain('Send it with a new key');
  });

  it('do not play in the past where the installation does not say that they may', async () => {
    const asked = gateway.peers.asked.length;
    const response = await submit({ 'idempotency-key': randomUUID(), 'x-backdated-seconds': '86400' });
    expect([response.status, (await answerIn(response)).code]).toEqual([403, 'backdating.not-allowed']);
    expect(gateway.peers.asked).toHaveLength(asked);
  });

  it('reach the service with key and person', async () => {
    const key = randomUUID();
    const response = await submit({ 'idempotency-key': key });
    expect(response.status).toBe(201);
    expect(await answerIn(response)).toMatchObject({ id: requestId, state: 'submitted' });
    expect(gateway.peers.asked.at(-1)).toMatchObject({
      operation: 'request.submit',
      idempotency: { key },
      caller: 'gateway',
      tenant: nordwind,
      actorId: erika.id,
      roles: ['user'],
      scopes: [`project:${project}`],
    });
  });

  it('are refused with a pointer to each fault, in the language of the person', async () => {
    const response = await submit(
      { 'idempotency-key': randomUUID(), 'accept-language': 'de' },
      { ...wish, name: 'Web Shop', size: undefined },
    );
    const problem = await answerIn(response);
    expect([response.status, problem.code]).toEqual([400, 'invalid-input']);
    expect(problem.errors).toEqual(
      expect.arrayContaining([
        { pointer: '/name', detail: expect.stringContaining('Kleinbuchstaben') },
        { pointer: '/size', detail: 'Diese Angabe fehlt.' },
      ]),
    );
    expect(JSON.stringify(problem)).not.toMatch(/ZodError|stack|node_modules/);
  });

  it('are refused in words made from the detail', async () => {
    const english = await answerIn(await submit({ 'idempotency-key': 'quota-english' }));
    const german = await answerIn(await submit({ 'idempotency-key': 'quota-german', 'accept-language': 'de-AT' }));
    expect(english).toMatchObject({ status: 409, code: 'quota.exceeded', about: { limit: 10, left: 1 } });
    expect(english.detail).toContain('quota of project Webshop: 2 vCPU asked for, 1 of 10 free.');
    expect(german.detail).toContain('Kontingent des Projekts Webshop: 2 vCPU verlangt, 1 von 10 frei.');
  });

  it('find nothing under an address that cannot be one', async () => {
    const response = await browser.fetch('/api/v1/requests/no-id-at-all');
    expect([response.status, (await answerIn(response)).code]).toEqual([404, 'not-found']);
  });

  it('refuse what is no JSON and what is too large', async () => {
    const text = await browser.fetch('/api/v1/requests', {
      method: 'POST',
      body: wish,
      headers: { 'content-type': 'text/plain', 'idempotency-key': randomUUID() },
    });
    const large = await submit({ 'idempotency-key': randomUUID() }, { ...wish, justification: 'x'.repeat(300_000) });
    expect([text.status, large.status]).toEqual([415, 413]);
    expect([(await answerIn(text)).code, (await answerIn(large)).code]).toEqual(['not-json', 'too-large']);
  });

  it.each([
    ['a NUL', { ...wish, justification: 'a\0b' }],
    ['half a character', { ...wish, justification: 'a\ud800b' }],
    ['nesting without end', { ...wish, more: JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`) as unknown }],
  ])('refuse %s before anybody is asked', async (_, body) => {
    const before = gateway.peers.asked.length;
    const response = await submit({ 'idempotency-key': randomUUID() }, body);
    expect([response.status, (await answerIn(response)).code]).toEqual([400, 'invalid-input']);
    expect(gateway.peers.asked.slice(before).filter(({ operation }) => operation === 'request.submit')).toEqual([]);
  });

  it('say in plain German what is missing', async () => {
    const response = await submit(
      { 'idempotency-key': randomUUID(), 'accept-language': 'de' },
      { ...wish, name: undefined },
    );
    expect((await answerIn(response)).errors).toEqual([{ pointer: '/name', detail: 'Diese Angabe fehlt.' }]);
  });

  it('say that the outcome is unknown when the service dies at them', async () => {
    gateway.peers.answer(cancelRequest, () => undefined);
    const response = await browser.fetch(`/api/v1/requests/${requestId}/cancel`, {
      method: 'POST',
      body: {},
      headers: { 'idempotency-key': randomUUID() },
    });
    expect([response.status, (await answerIn(response)).code]).toEqual([504, 'outcome-unknown']);
  });

  it('say so too when a service that was asked in turn is away', async () => {
    gateway.peers.answer(cancelRequest, () => {
      throw new OperationFault('outcome-unknown', 'tenant did not answer');
    });
    const response = await browser.fetch(`/api/v1/requests/${requestId}/cancel`, {
      method: 'POST',
      body: {},
      headers: { 'idempotency-key': randomUUID() },
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([504, '3']);
    expect((await answerIn(response)).code).toBe('outcome-unknown');
  });

  it('say that nothing happened when nobody listens', async () => {
    const approver = await gateway.signIn(bernd);
    const response = await approver.fetch(`/api/v1/approvals/${requestId}/approve`, {
      method: 'POST',
      body: {},
      headers: { 'idempotency-key': randomUUID() },
    });
    expect([response.status, (await answerIn(response)).code]).toEqual([503, 'service-away']);
    gateway.peers.answer(approve, () =>
      refuse('approval.already-decided', { outcome: 'granted', by: { id: erika.id } }),
    );
    const decided = await approver.fetch(`/api/v1/approvals/${requestId}/approve`, {
      method: 'POST',
      body: {},
      headers: { 'idempotency-key': randomUUID() },
    });
    expect((await answerIn(decided)).detail).toContain('already approved, by Erika Beispiel');
  });
});

describe('replies', () => {
  it('carry names and opened texts, asked for once', async () => {
    const at = new Date().toISOString();
    gateway.peers.answer(getRequest, ({ id }) => ({
      id,
      state: 'submitted',
      requester: { id: erika.id },
      vm,
      justification: `sealed:${erika.id}:for the shop`,
      contentHash: 'x',
      submittedAt: at,
      waiting: null,
      result: null,
      failure: null,
      timeline: [
        { at, what: 'submitted', who: { id: erika.id }, detail: {}, why: null },
        { at, what: 'approved', who: { id: 'system:approval' }, detail: {}, why: null },
        {
          at,
          what: 'rejected',
          who: { id: 'aaaaaaaa-0000-4000-8000-00000000dead' },
          detail: {},
          why: `sealed:${bernd.id}`,
        },
      ],
    }));
    const before = gateway.peers.asked.filter(({ operation }) => operation === 'tenant.resolve-people').length;
    const reply = await answerIn(await browser.fetch(`/api/v1/requests/${requestId}`));
    expect(reply).toMatchObject({ requester: { name: 'Erika Beispiel' }, justification: 'for the shop' });
    expect(reply.timeline.map(({ who, why }) => [who, why])).toEqual([
      [{ id: erika.id, name: 'Erika Beispiel' }, null],
      [{ id: 'system:approval' }, null],
      [{ id: 'aaaaaaaa-0000-4000-8000-00000000dead' }, null],
    ]);
    expect(gateway.peers.asked.filter(({ operation }) => operation === 'tenant.resolve-people').length - before).toBe(
      1,
    );
  });

  it('link to the next page and read numbers from the query', async () => {
    gateway.peers.answer(listRequests, () => ({ items: [], nextCursor: 'next' }));
    const response = await browser.fetch('/api/v1/requests?limit=2&mine=true');
    expect(response.headers.get('link')).toBe('</api/v1/requests?limit=2&mine=true&cursor=next>; rel="next"');
    expect(gateway.peers.asked.at(-1)?.input).toEqual({ limit: 2, mine: true });
  });
});

describe('limits', () => {
  it('tell what is left, and stop at a hundred changes a minute', async () => {
    const busy = await gateway.signIn(bernd);
    const read = await busy.fetch('/api/v1/me');
    expect(read.headers.get('ratelimit-policy')).toBe('"reads";q=1000;w=60');
    expect(read.headers.get('ratelimit')).toMatch(/^"reads";r=\d+;t=\d+$/);
    const statuses: number[] = [];
    let last: Response | undefined;
    for (let call = 0; call < 101; call++) {
      last = await busy.fetch('/auth/tenant', { method: 'POST', body: { tenantId: nordwind } });
      statuses.push(last.status);
      await last.clone().arrayBuffer();
    }
    expect(statuses.at(-1)).toBe(429);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await answerIn(last)).detail).toContain('more than 100 calls');
    expect((await busy.fetch('/api/v1/me')).status).toBe(200);
  });
});

describe('pages and documents', () => {
  it('load nothing from elsewhere and run no inline script', async () => {
    const docs = await fetch(`${gateway.url}/docs`);
    const page = await docs.text();
    expect(docs.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(docs.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect((await fetch(`${gateway.url}/assets/docs.js`)).headers.get('content-type')).toContain('javascript');
  });

  it('explain every code at the problem type, in both languages', async () => {
    const german = await (await fetch(`${gateway.url}/problems/quota.exceeded`)).text();
    const english = await (
      await fetch(`${gateway.url}/problems/quota.exceeded`, { headers: { 'accept-language': 'en' } })
    ).text();
    expect(german).toContain('Kontingent reicht nicht');
    expect(english).toContain('Quota does not suffice');
    expect((await fetch(`${gateway.url}/problems/constructor`)).status).toBe(404);
  });

  it('hold the schema that published events point at', async () => {
    const schema = await answerIn(await fetch(`${gateway.url}/schemas/request.submitted.v1.json`));
    expect(schema.properties.dataschema.const).toBe('dvmm:/schemas/request.submitted.v1.json');
  });

  it('say health on the public port and figures only on the inner one', async () => {
    for (const path of ['/health/live', '/health/ready', '/actuator/health/liveness', '/actuator/health/readiness']) {
      expect((await fetch(`${gateway.url}${path}`)).status).toBe(200);
    }
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
    expect(await (await fetch(`${gateway.innerUrl}/metrics`)).text()).toContain(
      'dvmm_http_request_duration_seconds_count',
    );
  });
});

/** What a test looks at in an answer. */
interface Answer {
  code: string;
  detail: string;
  correlationId: string;
  errors: object[];
  continueAt: string;
  timeline: { who: object; why: string | null }[];
  properties: { dataschema: { const: string } };
}
async function answerIn(response: Response | undefined): Promise<Answer> {
  return (await response?.json()) as Answer;
}
