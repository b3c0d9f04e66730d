import { randomUUID } from 'node:crypto';
import { contracts } from '@dvmm/contracts';
import { eventually, listVcsimVms, loginToVcsim, startTraceReceiver, type TraceReceiver } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyTrail } from '../src/audit/verify-trail.js';
import { findingsAfter, tamperings } from './audit-trail.js';
import {
  decide,
  gatewayOf,
  lookInside,
  mailApiOf,
  type Offer,
  offerTo,
  type Person,
  type Stack,
  signIn,
  startStack,
  stopStack,
  submit,
  superuserOf,
  verifierOf,
} from './stack-under-test.js';

let traces: TraceReceiver;
let stack: Stack;
let erika: Person;
let ayse: Person;
let jonas: Person;
let renate: Person;
let paul: Person;
let lukas: Person;
let offer: Offer;

beforeAll(async () => {
  traces = await startTraceReceiver();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = traces.endpoint;
  stack = await startStack();
  [erika, ayse, jonas, renate, paul, lukas] = (await Promise.all(
    ['erika', 'ayse', 'jonas', 'renate', 'paul', 'lukas'].map((user) => signIn(stack, user)),
  )) as [Person, Person, Person, Person, Person, Person];
  offer = await offerTo(erika);
}, 240_000);
afterAll(async () => {
  await stopStack(stack);
  await traces.close();
});

interface Detail {
  readonly state: string;
  readonly justification: string | null;
  readonly requester: { readonly name?: string };
  readonly result: { readonly vmId: string; readonly addresses: string[] } | null;
  readonly timeline: { readonly what: string; readonly who: { readonly name?: string }; readonly why: string | null }[];
}

const inState = (person: Person, id: string, state: string) =>
  eventually(
    async () => {
      const request = await person.get<Detail>(`/requests/${id}`);
      return request.state === state ? request : undefined;
    },
    { timeoutMs: 60_000, what: `request ${id} being ${state}` },
  );

const codeOf = (promise: Promise<unknown>): Promise<{ status: number; code: string | undefined }> =>
  promise.then(
    () => ({ status: 200, code: undefined }),
    (error: { status: number; problem: { code?: string } }) => ({ status: error.status, code: error.problem.code }),
  );

describe('the main job', () => {
  it('goes from asking to mail in both tenants, names resolved, text opened', async () => {
    const { mainJob } = await import('../src/job/main-job.js');
    const jobs = await Promise.all([
      mainJob(stack.settings),
      mainJob(stack.settings, { requester: 'paul', approver: 'mira', networkName: 'Büro (DHCP)' }),
    ]);
    expect(jobs[0].address).toMatch(/^10\.20\.21\./);
    const request = await erika.get<Detail>(`/requests/${jobs[0].request}`);
    expect(request.requester.name).toBe('Erika Brandt');
    expect(request.justification).toContain('Weihnachtsgeschäft');
    expect(request.timeline.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'request.submitted',
        'approval.stage-approved',
        'request.approved',
        'provisioning.step-done',
        'request.ready',
      ]),
    );
    for (const [approver, job] of [
      ['ayse@nordwind.example', jobs[0]],
      ['mira@suedstern.example', jobs[1]],
    ] as const) {
      const mails = (await (await fetch(`${mailApiOf(stack)}/mails?to=${approver}`)).json()) as { subject: string }[];
      expect(
        mails.filter(({ subject }) => subject.includes(job.vm)),
        approver,
      ).toHaveLength(1);
    }
  }, 120_000);

  it('tells the requester the reason when an approver rejects, and frees the quota', async () => {
    const before = await usage();
    const { id, name } = await submit(erika, offer);
    await decide(ayse, id, 'reject', { reason: 'Bitte eine kleinere Größe.' });
    const request = await inState(erika, id, 'rejected');
    expect(request.timeline.find(({ what }) => what === 'request.rejected')?.why).toBe('Bitte eine kleinere Größe.');
    await eventually(
      async () => {
        const mails = (await (await fetch(`${mailApiOf(stack)}/mails?to=erika@nordwind.example`)).json()) as {
          subject: string;
          text: string;
        }[];
        return mails.some(({ subject, text }) => subject.includes(name) && text.includes('Bitte eine kleinere Größe.'));
      },
      { what: 'the mail with the reason' },
    );
    await eventually(async () => JSON.stringify(await usage()) === JSON.stringify(before), {
      what: 'the quota being free again',
    });
  });

  it('lets the requester withdraw before and while it is being made, and leaves no VM', async () => {
    const waiting = await submit(erika, offer);
    await erika.post(`/requests/${waiting.id}/cancel`, {});
    await inState(erika, waiting.id, 'cancelled');

    const begun = await submit(erika, offer);
    await decide(ayse, begun.id, 'approve');
    await inState(erika, begun.id, 'provisioning');
    await erika.post(`/requests/${begun.id}/cancel`, {});
    await inState(erika, begun.id, 'cancelled');
    expect((await vmsNamed(begun.name)).length).toBe(0);
  });

  it('deletes a VM for good when its name is typed, and frees what it used', async () => {
    const before = await usage();
    const { id, name } = await submit(erika, offer);
    await decide(ayse, id, 'approve');
    const ready = await inState(erika, id, 'ready');
    const vm = `/vms/${ready.result?.vmId}`;
    expect(await codeOf(erika.delete(vm, { confirmName: 'other' }))).toMatchObject({ code: 'vm.name-does-not-match' });
    await erika.delete(vm, { confirmName: name });
    await eventually(async () => (await vmsNamed(name)).length === 0, { timeoutMs: 30_000, what: 'the VM being gone' });
    await eventually(async () => JSON.stringify(await usage()) === JSON.stringify(before), {
      what: 'the quota being free again',
    });
  });

  it('grants by itself what the policy lets through', async () => {
    const { id } = await submit(erika, offer, { environment: 'development' });
    const ready = await inState(erika, id, 'ready');
    expect(ready.timeline.some(({ what }) => what === 'approval.stage-approved')).toBe(false);
  });
});

describe('segregation of duties', () => {
  it("refuses one's own request, as administrator and lead too, and notes the try", async () => {
    const { id } = await submit(jonas, await offerTo(jonas));
    await eventually(
      async () => (await codeOf(jonas.post(`/approvals/${id}/approve`, {}))).code === 'approval.own-request',
      {
        what: "the refusal of one's own request",
      },
    );
    expect(await codeOf(jonas.post(`/approvals/${id}/reject`, { reason: 'selbst' }))).toMatchObject({
      code: 'approval.own-request',
    });
    await eventually(
      async () =>
        (await renate.get<{ items: { type: string }[] }>('/audit?type=approval.own-request-refused')).items.length > 0,
      { what: 'the try standing in the trail' },
    );
  });

  it('lets nobody decide whom the case does not name', async () => {
    const { id } = await submit(erika, offer);
    await eventually(
      async () => (await ayse.get<{ items: { id: string }[] }>('/approvals')).items.some((one) => one.id === id),
      { what: 'the case' },
    );
    expect(await codeOf(renate.post(`/approvals/${id}/approve`, {}))).toMatchObject({ code: 'approval.not-your-turn' });
    expect(await codeOf(paul.post(`/approvals/${id}/approve`, {}))).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('another tenant', () => {
  it('gets for foreign ids what it gets for absent ones, on every path', async () => {
    const mine = await submit(erika, offer);
    const { items: vms } = await erika.get<{ items: { id: string }[] }>('/vms');
    const { items: vcenters } = await jonas.get<{ items: { id: string }[] }>('/admin/vcenters');
    const { items: policies } = await jonas.get<{ items: { id: string }[] }>('/admin/policies');
    const { person } = await erika.get<{ person: { id: string } }>('/me');
    // By the kind of thing that a path names; each id exists, in the other tenant.
    const kinds: [string, string | undefined][] = [
      ['/requests', mine.id],
      ['/approvals', mine.id],
      ['/runs', mine.id],
      ['/vms', vms[0]?.id],
      ['/vcenters', vcenters[0]?.id],
      ['/projects', offer.projectId],
      ['/members', person.id],
      ['/policies', policies[0]?.id],
      ['/sizes', 'S'],
    ];
    const probes = contracts.operations.filter(
      ({ http }) => http?.path.includes('{') && !http.path.includes('/admin/tenants'),
    );
    expect(probes.length).toBeGreaterThan(12);
    for (const { http, name } of probes) {
      const [, id] = kinds.find(([path]) => http?.path.includes(path)) ?? [];
      if (!http || !id) throw new Error(`No foreign id for ${name}`);
      if (http.path.includes('/sizes/')) continue; // Named by the tenant itself: there is nothing foreign to name.
      const [theirs, absent] = await Promise.all([
        probe(http.method, http.path, id),
        probe(http.method, http.path, randomUUID()),
      ]);
      expect(theirs, name).toEqual(absent);
      expect((theirs as { status: number }).status, name).toBeGreaterThanOrEqual(400);
    }
  });

  it('sees none of it in any list', async () => {
    const names = new Set(
      (await erika.get<{ items: { name: string }[] }>('/requests?limit=200')).items.map(({ name }) => name),
    );
    for (const path of [
      '/requests',
      '/vms',
      '/approvals',
      '/projects',
      '/deliveries',
      '/notifications',
      '/admin/members',
      '/admin/vcenters',
      '/admin/runs',
      '/audit',
    ]) {
      const text = JSON.stringify(await lukas.get(`${path}?limit=200`));
      for (const name of names) expect(text, path).not.toContain(name);
    }
  });

  /** As the foreign administrator, who has every role there is to have, with a body that fits as well as can be. */
  async function probe(method: string, path: string, id: string): Promise<unknown> {
    const target = path.replace('/api/v1', '').replaceAll(/\{\w+\}/g, id);
    const body = {
      reason: 'weil es so ist',
      action: 'off',
      confirmName: 'x',
      roles: ['user'],
      lead: false,
      limits: null,
      key: 'S',
      vcpus: 1,
      memoryMiB: 1024,
      diskGiB: 10,
      monthlyCostCents: 1,
      currency: 'EUR',
      name: 'x',
      host: '127.0.0.1',
      port: 443,
      username: 'u',
      datacenter: 'd',
      resourcePool: 'r',
      datastore: 's',
      folder: 'f',
    };
    if (method === 'get') return codeOf(lukas.get(target.replace(/\/versions\/.*/, '/versions/1')));
    if (method === 'post') return codeOf(lukas.post(target, body));
    return codeOf(method === 'put' ? lukas.put(target, body) : lukas.delete(target, body));
  }
});

describe('asking twice', () => {
  it('answers the same under one key, and refuses it for another wish', async () => {
    const key = randomUUID();
    const name = `t-${key.slice(0, 8)}`;
    const first = await submit(erika, offer, { name }, key);
    const second = await submit(erika, offer, { name }, key);
    expect(second.id).toBe(first.id);
    expect(await codeOf(submit(erika, offer, { name: `${name}-b` }, key))).toMatchObject({
      status: 422,
      code: 'key-reused',
    });
  });

  it('refuses a name that is held', async () => {
    const { name } = await submit(erika, offer);
    expect(await codeOf(submit(erika, offer, { name }))).toMatchObject({ code: 'name.taken' });
  });
});

describe('quota', () => {
  it('lets exactly ten of sixteen parallel requests through', async () => {
    const { id: projectId } = await lukas.post<{ id: string }>('/admin/projects', {
      name: `Enge ${randomUUID().slice(0, 8)}`,
    });
    const { person } = await paul.get<{ person: { id: string } }>('/me');
    await lukas.put(`/admin/projects/${projectId}/members/${person.id}`, { lead: false });
    await lukas.put(`/admin/projects/${projectId}/quota`, {
      limits: { vms: 10, vcpus: 100, memoryMiB: 1_000_000, diskGiB: 100_000 },
    });
    const narrow = { ...(await offerTo(paul)), projectId };
    const outcomes = await Promise.all(Array.from({ length: 16 }, () => codeOf(submit(paul, narrow))));
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(outcomes.filter(({ code }) => code === 'quota.exceeded')).toHaveLength(6);
    const quotas = (await lukas.get<{ items: { projectId: string; reserved: { vms: number } }[] }>('/admin/quota'))
      .items;
    expect(quotas.find((quota) => quota.projectId === projectId)?.reserved.vms).toBe(10);
  });
});

describe('the database', () => {
  it('forces row-level security on every table of every service, with a policy', async () => {
    const open = await lookInside<{ table: string }>(
      stack,
      `SELECT c.oid::regclass::text AS "table" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p', 'm')
         AND (NOT c.relrowsecurity OR NOT c.relforcerowsecurity OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))`,
      [['tenant', 'request', 'approval', 'provisioning', 'notification']],
    );
    expect(open).toEqual([]);
  });

  it('gives no role of a service the right to pass it by', async () => {
    const strong = await lookInside(
      stack,
      `SELECT rolname FROM pg_roles WHERE rolname ~ '_(owner|app|runner|verifier)$'
       AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)`,
    );
    expect(strong).toEqual([]);
    const owning = await lookInside(stack, "SELECT tablename FROM pg_tables WHERE tableowner ~ '_(app|runner)$'");
    expect(owning).toEqual([]);
  });

  it('keeps no name, address or justification in an event', async () => {
    for (const schema of ['tenant', 'request', 'approval', 'provisioning', 'notification']) {
      const [found] = await lookInside<{ n: number }>(
        stack,
        `SELECT count(*)::int AS n FROM ${schema}.event WHERE data::text ~ 'Erika|Brandt|erika@|Weihnachtsgesch|kleinere Gr'`,
      );
      expect(found?.n, schema).toBe(0);
    }
  });

  it('holds the whole trail, numbered without a gap', async () => {
    await eventually(
      async () => {
        const [counts] = await lookInside<{ events: number; entries: number }>(
          stack,
          `SELECT (SELECT count(*)::int FROM tenant.audit_entry) AS entries,
                  (SELECT sum(n)::int FROM (SELECT count(*) AS n FROM tenant.event UNION ALL SELECT count(*) FROM request.event
                   UNION ALL SELECT count(*) FROM approval.event UNION ALL SELECT count(*) FROM provisioning.event
                   UNION ALL SELECT count(*) FROM notification.event) AS all_events) AS events`,
        );
        return counts?.events === counts?.entries;
      },
      { timeoutMs: 30_000, what: 'every event standing in the trail' },
    );
    const gaps = await lookInside(
      stack,
      'SELECT tenant_id FROM tenant.audit_entry GROUP BY tenant_id HAVING max(number) <> count(*)',
    );
    expect(gaps).toEqual([]);
  });
});

describe('the audit verifier', () => {
  it('finds nothing in a trail that nobody touched', async () => {
    const client = await verifierOf(stack);
    const entries: number[] = [];
    for await (const finding of verifyTrail(client, (read) => entries.push(read))) expect(finding).toBeUndefined();
    await client.end();
    expect(entries.at(-1)).toBeGreaterThan(50);
  });

  it.each(tamperings)('finds it when $how', async ({ sql, what }) => {
    const client = await superuserOf(stack);
    const findings = await findingsAfter(client, sql);
    await client.end();
    expect(findings.map((finding) => finding.what)).toContain(what);
  });
});

describe('the gateway', () => {
  it('answers nothing without a session, and says how to get one', async () => {
    const response = await fetch(`${gatewayOf(stack)}/api/v1/requests`);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('describes every path in OpenAPI 3.1', async () => {
    const document = (await (await fetch(`${gatewayOf(stack)}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, unknown>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    for (const { http } of contracts.operations) if (http) expect(document.paths).toHaveProperty([http.path]);
  });

  it('sends a hint when a request changes', async () => {
    const stream = await erika.open('/live');
    const { id } = await submit(erika, offer);
    const seen = await stream.until((text) => text.includes(id));
    expect(seen).toContain(id);
    await stream.close();
  });
});

describe('traces', () => {
  it('follow a request from the call that asked for it to the VM and the mail', async () => {
    const { id } = await submit(erika, offer, { environment: 'development' });
    await inState(erika, id, 'ready');
    const [submitted] = await lookInside<{ traceparent: string }>(
      stack,
      'SELECT traceparent FROM request.event WHERE stream = $1 AND version = 1',
      [`vm-request:${id}`],
    );
    const [, traceId] = submitted?.traceparent.split('-') ?? [];
    const seen = () => traces.spans.filter((span) => span.traceId === traceId);
    const way = [
      'gateway: POST /api/v1/requests',
      'gateway: ask request.submit',
      'request: request.submit',
      'tenant: tenant.reserve-quota',
      'approval: hear request.submitted',
      'request: hear approval.granted',
      'provisioning: hear request.approved',
      'provisioning: run clone',
      'provisioning: vsphere CloneVM_Task',
      'provisioning: vsphere PowerOnVM_Task',
      'request: hear provisioning.vm-ready',
      'notification: hear request.ready',
      'notification: smtp send',
    ];
    const missing = () => {
      const names = new Set(seen().map(({ service, name }) => `${service}: ${name}`));
      return way.filter((step) => !names.has(step));
    };
    await eventually(async () => missing().length === 0, { what: 'every step of the way in one trace' }).catch(
      () => {},
    );
    expect(missing()).toEqual([]);
    expect(seen().filter(({ parentSpanId }) => !parentSpanId)).toMatchObject([{ name: 'POST /api/v1/requests' }]);
  }, 60_000);

  // Last of all: it looks at what every test of this file has left in traces.
  it('hold nobody’s name, address, words or password, and no secret', async () => {
    const { emailOf, passwordFor, people } = await import('../src/people.js');
    const { passwords } = stack.settings;
    const canaries = [
      ...people.flatMap((person) => [person.name, emailOf(person), passwordFor(stack.settings, person)]),
      ...Object.values(passwords),
      'Weihnachtsgesch',
      'kleinere Gr',
      'ssh-ed25519',
      'PRIVATE KEY',
      'Bearer ',
    ];
    const text = traces.text();
    expect(traces.spans.length).toBeGreaterThan(100);
    expect(canaries.filter((canary) => text.includes(canary))).toEqual([]);
  });
});

async function usage(): Promise<unknown> {
  const { items } = await jonas.get<{ items: { projectId: string | null; used: unknown; reserved: unknown }[] }>(
    '/admin/quota',
  );
  return items.map(({ projectId, used, reserved }) => ({ projectId, used, reserved }));
}

async function vmsNamed(name: string) {
  const api = await loginToVcsim(stack.vcsim);
  try {
    return (await listVcsimVms(api)).filter((vm) => vm.name === name);
  } finally {
    await api.logout();
  }
}
