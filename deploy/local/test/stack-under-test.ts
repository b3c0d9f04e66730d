import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@eaf/testing';
import pg from 'pg';

// Before anything reads where the local set-up lives: tests have a home of their own.
const folder = mkdtempSync(join(tmpdir(), 'dvmm-test-'));
process.env.DVMM_HOME = folder;

const { startLocalStack } = await import('../src/local-stack.js');
const { startService } = await import('../src/own-parts.js');
const { Session } = await import('../src/job/session.js');
const { login } = await import('../src/job/seed.js');
const { addressesOf } = await import('../src/addresses.js');
const { passwordOf } = await import('../src/local-settings.js');

export type Stack = Awaited<ReturnType<typeof startLocalStack>>;
export type Person = Awaited<ReturnType<typeof Session.open>>;
type ServiceName = Parameters<typeof startService>[1];

/** The whole system, as `npm start` runs it, with both tenants in it. */
export async function startStack(): Promise<Stack> {
  return startLocalStack({ quiet: true });
}

export async function stopStack(stack: Stack | undefined): Promise<void> {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
}

export function signIn(stack: Stack, user: string): Promise<Person> {
  return Session.open(addressesOf(stack.settings).gateway, login(stack.settings, user));
}

export function loginOf(stack: Stack, user: string): { user: string; password: string } {
  return login(stack.settings, user);
}

export function gatewayOf(stack: Stack): string {
  return addressesOf(stack.settings).gateway;
}

export function mailApiOf(stack: Stack): string {
  return `${addressesOf(stack.settings).mail}/api`;
}

/** As a crash would end it. */
export async function kill(stack: Stack, service: ServiceName): Promise<void> {
  await stack.parts.get(service)?.kill();
}

export async function startAgain(stack: Stack, service: ServiceName): Promise<void> {
  stack.parts.set(service, await startService(stack.settings, service));
}

export interface Offer {
  readonly projectId: string;
  readonly templateId: string;
  readonly networkId: string;
}

/** The first project, template and network that a person is offered. */
export async function offerTo(person: Person): Promise<Offer> {
  const first = async (path: string) => {
    const { items } = await person.get<{ items: { id: string }[] }>(path);
    if (!items[0]) throw new Error(`${path} offers nothing`);
    return items[0].id;
  };
  return {
    projectId: await first('/projects'),
    templateId: await first('/templates'),
    networkId: await first('/networks'),
  };
}

export async function submit(
  person: Person,
  offer: Offer,
  more: Record<string, unknown> = {},
  key: string = randomUUID(),
) {
  const wish = { ...offer, size: 'S', name: `t-${randomUUID().slice(0, 8)}`, environment: 'production', ...more };
  const reply = await person.post<{ id: string; state: string }>('/requests', wish, key);
  return { ...reply, name: wish.name as string };
}

/** Waits until the case has reached the approver, then decides. */
export async function decide(approver: Person, id: string, verdict: 'approve' | 'reject', body: object = {}) {
  await eventually(
    async () =>
      (await approver.get<{ items: { id: string; mayDecide: boolean }[] }>('/approvals?limit=200')).items.some(
        (one) => one.id === id && one.mayDecide,
      ),
    { timeoutMs: 120_000, what: 'the case reaching the approver' },
  );
  return approver.post(`/approvals/${id}/${verdict}`, body);
}

/** PostgreSQL as its superuser sees it, from outside. */
export async function lookInside<T extends pg.QueryResultRow>(
  stack: Stack,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = await superuserOf(stack);
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

export const superuserOf = (stack: Stack) => connectAs(stack, 'postgres', 'postgres');
export const verifierOf = (stack: Stack) => connectAs(stack, 'dvmm_verifier', 'verifier');

async function connectAs({ settings }: Stack, user: string, login: string): Promise<pg.Client> {
  const { postgres: port } = settings.ports;
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user,
    password: passwordOf(settings, login),
    database: 'dvmm',
  });
  await client.connect();
  return client;
}
