import { randomUUID } from 'node:crypto';
import {
  approve,
  definePolicy,
  memberJoined,
  type PolicyRules,
  projectMemberSet,
  type RequestedVm,
  type Role,
  reject,
  requestSubmitted,
  rolesChanged,
  sealTexts,
} from '@dvmm/contracts';
import { isRefusal } from '@eaf/messaging/contract';
import { type Asking, type ServiceUnderTest, serviceUnderTest } from '@eaf/service-testing';
import { approvalService } from '../src/service.js';

export const project = { id: '33333333-3333-4333-8333-333333333333', name: 'Webshop' };
const named = (name: string) => ({ id: randomUUID(), name });

export function approvalUnderTest(): ServiceUnderTest {
  return serviceUnderTest(approvalService, ({ peers }) =>
    peers.answer(sealTexts, ({ personId, texts }) => ({
      sealed: texts.map((text) => `sealed:${personId}:${btoa(text)}`),
    })),
  );
}

export const vm = (more: Partial<RequestedVm> = {}): RequestedVm => ({
  project,
  size: { key: 'M', vcpus: 4, memoryMiB: 8192, diskGiB: 100, monthlyCostCents: 4200, currency: 'EUR' },
  template: named('Ubuntu 24.04 LTS'),
  network: named('Produktion'),
  name: 'web-01',
  environment: 'test',
  leaseDays: null,
  sshPublicKey: null,
  ...more,
});

/** Whoever fits: the approvers of the tenant. */
export const stage = (name: string, quorum = 1) => ({
  name,
  approvers: [{ role: 'approver' as const, of: 'tenant' as const }],
  quorum,
});

export type House = Awaited<ReturnType<typeof newHouse>>;

/** A tenant of one test whose people and requests are told by tenant and request. */
export async function newHouse(service: ServiceUnderTest) {
  const tenant = randomUUID();
  const ofMember = ({ actorId }: Asking) => ({ tenant, stream: `record:member:${actorId}` });
  const join = async (...roles: Role[]): Promise<Asking> => {
    const person = { tenant, actorId: randomUUID(), roles };
    await service.tell(memberJoined, { personId: person.actorId, roles }, ofMember(person));
    return person;
  };
  const key = () => ({ idempotencyKey: randomUUID() });
  return {
    tenant,
    join,
    erika: await join('user'),
    setRoles: (person: Asking, ...roles: Role[]) =>
      service.tell(rolesChanged, { personId: person.actorId, roles }, ofMember(person)),
    leads: (person: Asking) =>
      service.tell(
        projectMemberSet,
        { projectId: project.id, personId: person.actorId, lead: true },
        { tenant, stream: `record:project:${project.id}` },
      ),
    async policy(rules: Partial<PolicyRules>) {
      await service.settled(); // What it checks are the roles as they have been told.
      const administrator = { tenant, actorId: randomUUID(), roles: ['tenant-admin'] };
      const whole = {
        name: 'Policy',
        projectId: null,
        automaticWhen: null,
        stages: [stage('one')],
        expiresAfterDays: 30,
        ...rules,
      };
      return service.ask(definePolicy, whole, administrator, key());
    },
    /** @returns the request's id; its case is open, or granted */
    async submitted(by: Asking, { contentHash = 'h1', ...more }: Partial<RequestedVm> & { contentHash?: string } = {}) {
      const requestId = randomUUID();
      const data = { requestId, requesterId: by.actorId, vm: vm(more), justification: null, contentHash };
      await service.settled();
      await service.tell(requestSubmitted, data, { tenant, stream: `vm-request:${requestId}`, actorId: by.actorId });
      await service.settled();
      return requestId;
    },
    approve: (by: Asking, id: string, contentHash?: string) =>
      service.ask(approve, { id, ...(contentHash ? { contentHash } : {}) }, by, key()),
    reject: (by: Asking, id: string, reason = 'Zu groß.') => service.ask(reject, { id, reason }, by, key()),
  };
}

/** The outcome, or why not. */
export function said(reply: { outcome: string; stage: number } | { refused: string; detail: unknown }): string {
  return isRefusal(reply) ? (reply as { refused: string }).refused : (reply as { outcome: string }).outcome;
}
