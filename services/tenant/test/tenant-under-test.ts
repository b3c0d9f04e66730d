import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createProject,
  createTenant,
  inviteMember,
  openSession,
  platformTenant,
  type QuotaAmounts,
  type Role,
  reserveQuota,
  setProjectMember,
  setTenantQuota,
} from '@dvmm/contracts';
import { isRefusal, type Refusal } from '@eaf/messaging/contract';
import { createKekFile } from '@eaf/secrets';
import { type Asking, type ServiceUnderTest, serviceUnderTest } from '@eaf/service-testing';
import { afterAll } from 'vitest';
import { tenantService } from '../src/service.js';

export const platformAdministrator = { tenant: platformTenant, actorId: randomUUID(), roles: ['platform-admin'] };
/** The gateway in its own name, as at a sign-in. */
export const atTheDoor = { tenant: platformTenant, actorId: 'system:gateway', roles: [] };

export function tenantUnderTest(): ServiceUnderTest {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-keys-'));
  process.env.KEK_FILE = join(folder, 'kek.json');
  createKekFile(process.env.KEK_FILE);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return serviceUnderTest(tenantService);
}

/** A reply that was no refusal. */
export function granted<T>(reply: T): Exclude<T, Refusal> {
  if (isRefusal(reply)) throw new Error(`Refused: ${JSON.stringify(reply)}`);
  return reply as Exclude<T, Refusal>;
}

export interface Person extends Asking {
  readonly email: string;
  readonly subject: string;
}
export type House = Awaited<ReturnType<typeof newHouse>>;

export const sessionOf = ({ email, subject }: Pick<Person, 'email' | 'subject'>) => ({
  issuer: 'https://login.example',
  subject,
  name: `Name of ${subject}`,
  email,
  emailVerified: true,
  language: 'de' as const,
  groups: [],
  setupToken: null,
  signIn: true,
});

export async function signIn(
  service: ServiceUnderTest,
  person: Pick<Person, 'email' | 'subject'>,
  more: Partial<ReturnType<typeof sessionOf>> = {},
) {
  return granted(
    await service.ask(openSession, { ...sessionOf(person), ...more }, atTheDoor, { idempotencyKey: randomUUID() }),
  );
}

/** A tenant of one test, made and peopled by its own operations. */
export async function newHouse(service: ServiceUnderTest) {
  const slug = `t-${randomUUID().slice(0, 12)}`;
  const stranger = () => ({ email: `${randomUUID()}@example.com`, subject: randomUUID() });
  const first = stranger();
  const { id: tenant } = granted(
    await service.ask(createTenant, { slug, name: slug, administratorEmail: first.email }, platformAdministrator, {
      idempotencyKey: randomUUID(),
    }),
  );
  const { personId } = await signIn(service, first);
  const administrator: Person = { ...first, tenant, actorId: personId, roles: ['tenant-admin'] };
  const asAdministrator = () => ({ idempotencyKey: randomUUID() });
  return {
    tenant,
    slug,
    administrator,
    stranger,
    async join(...roles: Exclude<Role, 'platform-admin'>[]): Promise<Person> {
      const invited = stranger();
      await service.ask(inviteMember, { email: invited.email, roles }, administrator, asAdministrator());
      const session = await signIn(service, invited);
      return { ...invited, tenant, actorId: session.personId, roles };
    },
    async project(name: string, ...members: Person[]): Promise<string> {
      const { id } = granted(await service.ask(createProject, { name }, administrator, asAdministrator()));
      for (const { actorId } of members) {
        await service.ask(setProjectMember, { id, personId: actorId }, administrator, asAdministrator());
      }
      return id;
    },
    async limit(limits: Partial<QuotaAmounts>): Promise<void> {
      const roomy = { vms: 1_000, vcpus: 100_000, memoryMiB: 100_000_000, diskGiB: 1_000_000 };
      await service.ask(setTenantQuota, { limits: { ...roomy, ...limits } }, administrator, asAdministrator());
    },
  };
}

export function reserve(
  service: ServiceUnderTest,
  person: Asking,
  projectId: string,
  { requestId = randomUUID(), attempt = 0, size = 'S' }: { requestId?: string; attempt?: number; size?: string } = {},
) {
  return service.ask(reserveQuota, { projectId, size, requestId, attempt }, person, { caller: 'request' });
}
