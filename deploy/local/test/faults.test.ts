import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventually, listVcsimVms, loginToVcsim, type Nats } from '@eaf/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  decide,
  kill,
  lookInside,
  mailApiOf,
  type Offer,
  offerTo,
  type Person,
  type Stack,
  signIn,
  startAgain,
  startStack,
  stopStack,
  submit,
} from './stack-under-test.js';

const parkedCommand = fileURLToPath(new URL('../dist/parked.js', import.meta.url));

let stack: Stack;
let erika: Person;
let ayse: Person;
let offer: Offer;

beforeAll(async () => {
  stack = await startStack();
  [erika, ayse] = (await Promise.all(['erika', 'ayse'].map((user) => signIn(stack, user)))) as [Person, Person];
  offer = await offerTo(erika);
}, 240_000);
afterAll(() => stopStack(stack));

interface Detail {
  readonly state: string;
  readonly waiting: { readonly reason: string } | null;
  readonly failure: { readonly reason: string; readonly detail: string } | null;
  readonly timeline: { readonly what: string; readonly detail: { readonly step?: string } }[];
}

const read = (id: string) => erika.get<Detail>(`/requests/${id}`);

const ready = (id: string) =>
  eventually(
    async () => {
      const request = await read(id);
      if (request.failure) throw new Error(`It failed: ${request.failure.reason}, ${request.failure.detail}`);
      return request.state === 'ready' && request;
    },
    { timeoutMs: 120_000, what: `request ${id} being ready` },
  );

async function approved(): Promise<{ id: string; name: string }> {
  const request = await submit(erika, offer);
  await decide(ayse, request.id, 'approve');
  return request;
}

async function vmsNamed(name: string): Promise<number> {
  const api = await loginToVcsim(stack.vcsim);
  try {
    return (await listVcsimVms(api)).filter((vm) => vm.name === name).length;
  } finally {
    await api.logout();
  }
}

describe('provisioning', () => {
  it('leaves one VM when it is killed between clone and record', async () => {
    const { id, name } = await approved();
    await eventually(() => vmsNamed(name).then((count) => count > 0), {
      timeoutMs: 30_000,
      what: 'the clone standing in vCenter',
    });
    await kill(stack, 'provisioning');
    const [clone] = await lookInside<{ n: number }>(
      stack,
      `SELECT count(*)::int AS n FROM provisioning.event WHERE type = 'provisioning.step-done' AND data->>'requestId' = $1 AND data->>'step' = 'clone'`,
      [id],
    );
    await startAgain(stack, 'provisioning');
    await ready(id);
    expect(await vmsNamed(name)).toBe(1);
    // Says whether the kill hit the gap this time; one VM is the promise either way.
    console.log(`clone recorded before the kill: ${clone?.n === 1}`);
  }, 180_000);
});

describe('vCenter', () => {
  it('may be away: the request waits, says so, and goes on by itself', async () => {
    process.kill(stack.vcsim.pid, 'SIGSTOP');
    let id = '';
    try {
      ({ id } = await approved());
      await eventually(async () => (await read(id)).waiting?.reason === 'vcenter-away', {
        timeoutMs: 90_000,
        what: 'the request saying that it waits',
      });
    } finally {
      process.kill(stack.vcsim.pid, 'SIGCONT');
    }
    const request = await ready(id);
    expect(request.waiting).toBeNull();
  }, 240_000);
});

describe('the mail server', () => {
  it('may refuse twice: one mail arrives, under one Message-ID', async () => {
    const { id, name } = await submit(erika, offer);
    const refused = await fetch(`${mailApiOf(stack)}/refuse`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ count: 2 }),
    });
    expect(refused.ok).toBe(true);
    await erika.post(`/requests/${id}/cancel`, {});
    const second = await approved();
    await ready(second.id);
    const told = async () =>
      (await erika.get<{ items: { state: string }[] }>(`/deliveries?requestId=${second.id}`)).items.length === 2;
    await eventually(told, { timeoutMs: 60_000, what: 'Erika hearing of both' });
    // Whichever mails were refused, hers or the approver's: each is on its way again by itself.
    const deliveries = await eventually(
      async () => {
        const rows = await lookInside<{ state: string; attempts: number; messageId: string }>(
          stack,
          'SELECT state, attempts, message_id AS "messageId" FROM notification.delivery WHERE request_id = ANY($1)',
          [[id, second.id]],
        );
        return rows.every(({ state }) => state === 'sent') && rows;
      },
      { timeoutMs: 60_000, what: 'all mails being sent' },
    );
    const mails = (await (await fetch(`${mailApiOf(stack)}/mails`)).json()) as { messageId: string; to: string[] }[];
    for (const { messageId } of deliveries)
      expect(mails.filter((mail) => mail.messageId === messageId)).toHaveLength(1);
    expect(deliveries.reduce((tries, { attempts }) => tries + attempts, 0) - deliveries.length).toBe(2);
    expect(name).not.toBe(second.name);
  }, 180_000);
});

describe('NATS', () => {
  it('may be gone for 20 seconds in the middle of a job: the job ends', async () => {
    const { id, name } = await approved();
    const nats = stack.parts.get('nats') as Nats;
    await nats.stop();
    await pause(20_000); // The outage itself, as long as the promise says.
    await nats.restart();
    await ready(id);
    expect(await vmsNamed(name)).toBe(1);
  }, 240_000);
});

describe('any service', () => {
  it('may be killed in the middle: every job ends, once', async () => {
    const services = ['tenant', 'request', 'approval', 'provisioning', 'notification'] as const;
    for (const service of services) {
      const { id, name } = await submit(erika, offer);
      await kill(stack, service);
      const back = startAgain(stack, service);
      await decide(ayse, id, 'approve');
      await back;
      await ready(id);
      expect(await vmsNamed(name), service).toBe(1);
    }
    const parked = await Promise.all(
      services.map((schema) =>
        lookInside(stack, `SELECT consumer, stream, version, reason FROM ${schema}.parked ORDER BY parked_at`),
      ),
    );
    expect(parked.flat()).toEqual([]);
  }, 300_000);
});

describe('npm run parked', () => {
  const parked = (...args: string[]) =>
    promisify(execFile)(process.execPath, [parkedCommand, ...args], { timeout: 60_000 }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (ended: { code: number; stdout: string; stderr: string }) => ended,
    );

  it('lists what a service could not handle, and hands it on once the cause is gone', async () => {
    expect(await parked()).toMatchObject({ code: 0, stdout: '0 parked\n' });
    const block = 'ALTER TABLE approval.approval_case ADD CONSTRAINT blocked CHECK (false) NOT VALID';
    await lookInside(stack, block);
    const { id } = await submit(erika, offer);
    const stream = `vm-request:${id}`;
    const listed = await eventually(
      async () => {
        const seen = await parked();
        return seen.code === 1 && seen.stdout.includes(stream) && seen;
      },
      { timeoutMs: 90_000, what: 'the event being parked' },
    );
    expect(listed.stdout).toMatch(
      new RegExp(`^approval  \\S+  ${stream}  version 1  request\\.submitted\\.v1  since `, 'm'),
    );
    expect(await parked('redeliver', 'approval')).toMatchObject({ code: 1 });
    await lookInside(stack, 'ALTER TABLE approval.approval_case DROP CONSTRAINT blocked');
    const [{ tenant_id: tenant = '' } = {}] = await lookInside<{ tenant_id: string }>(
      stack,
      'SELECT tenant_id FROM request.event WHERE stream = $1',
      [stream],
    );
    expect(await parked('redeliver', 'approval', tenant, stream)).toMatchObject({ code: 0 });
    expect(await parked()).toMatchObject({ code: 0, stdout: '0 parked\n' });
    await decide(ayse, id, 'approve');
    await ready(id);
  }, 240_000);

  it('never takes a silent service for one with nothing parked', async () => {
    await kill(stack, 'notification');
    const { code, stdout, stderr } = await parked();
    await startAgain(stack, 'notification');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '0 parked, as far as was heard\n' });
    expect(stderr).toContain('notification did not say what it has parked');
  }, 60_000);
});
