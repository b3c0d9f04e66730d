import { randomUUID } from 'node:crypto';
import {
  caseGranted,
  checkVm,
  forecastApproval,
  holdName,
  previewQuota,
  reserveQuota,
  runStarted,
  sealTexts,
  submitRequest,
  vmReady,
} from '@dvmm/contracts';
import { isRefusal } from '@eaf/messaging/contract';
import { type Asking, type ServiceUnderTest, serviceUnderTest } from '@eaf/service-testing';
import { requestService } from '../src/service.js';

export const project = { id: '33333333-3333-4333-8333-333333333333', name: 'Webshop' };
export const template = { id: '44444444-4444-4444-8444-444444444444', name: 'Ubuntu 24.04 LTS' };
export const network = { id: '55555555-5555-4555-8555-555555555555', name: 'Produktion' };
export const sizeM = { key: 'M', vcpus: 4, memoryMiB: 8192, diskGiB: 100, monthlyCostCents: 4200, currency: 'EUR' };
export const vcenterId = '66666666-6666-4666-8666-666666666666';

/** A tenant of one test, with its people; nothing of another test is seen in it. */
export function newTenant() {
  const tenant = randomUUID();
  const person = (roles: string[], scopes: string[] = []) => ({ tenant, actorId: randomUUID(), roles, scopes });
  return {
    tenant,
    erika: person(['user'], [`project:${project.id}`]),
    colleague: person(['user'], [`project:${project.id}`]),
    lead: person(['user'], [`project:${project.id}`, `project-lead:${project.id}`]),
    stranger: person(['user']),
    bernd: person(['approver']),
    administrator: person(['tenant-admin']),
    auditor: person(['auditor']),
  };
}

export const wish = (name: string) => ({
  projectId: project.id,
  size: 'M',
  templateId: template.id,
  networkId: network.id,
  name,
  environment: 'test' as const,
});

/** The service, with tenant, provisioning and approval as they usually answer. */
export function requestUnderTest(): ServiceUnderTest {
  return serviceUnderTest(requestService, (service) => answerAsUsual(service));
}

export function answerAsUsual({ peers }: ServiceUnderTest): void {
  peers.answer(sealTexts, ({ personId, texts }) => ({
    sealed: texts.map((text) => `sealed:${personId}:${btoa(text)}`),
  }));
  peers.answer(reserveQuota, () => ({ project, size: sizeM }));
  peers.answer(holdName, () => ({ template, network, address: '10.0.0.7' }));
  peers.answer(previewQuota, () => ({
    project,
    size: sizeM,
    quotas: [{ scope: 'tenant', dimension: 'vms', limit: 10, before: 9, after: 10, fits: true }],
  }));
  peers.answer(checkVm, () => ({
    name: { free: true, suggestion: null, mustBegin: null },
    template: 'there',
    network: 'there',
    vcenterAwaySince: null,
    asOf: new Date().toISOString(),
  }));
  peers.answer(forecastApproval, () => ({
    automatic: false,
    policy: { name: 'Standard', version: 0 },
    stages: [{ name: 'Genehmigung', quorum: 1, approvers: [{ id: randomUUID() }] }],
    nobodyMayDecide: false,
    medianSeconds: null,
    ninetyPercentSeconds: null,
  }));
}

export async function submit(
  service: ServiceUnderTest,
  asking: Asking,
  name: string,
  { key = randomUUID(), ...more }: { key?: string; justification?: string; sshPublicKey?: string } = {},
) {
  const reply = await service.ask(submitRequest, { ...wish(name), ...more }, asking, { idempotencyKey: key });
  if (isRefusal(reply)) throw new Error(`Refused: ${JSON.stringify(reply)}`);
  return reply;
}

/** What approval says when the last stage has granted. */
export async function grant(service: ServiceUnderTest, tenant: string, requestId: string, contentHash: string) {
  const data = { requestId, contentHash, automatic: false, approverIds: [randomUUID()] };
  return service.tell(caseGranted, data, { tenant, stream: `approval-case:${requestId}` });
}

/** What provisioning says of a run, event by event. */
export function runOf(service: ServiceUnderTest, tenant: string, requestId: string, vmName: string) {
  const telling = { tenant, stream: `run:${requestId}` };
  const of = { requestId, vmName };
  return {
    telling,
    of,
    started: () =>
      service.tell(
        runStarted,
        {
          ...of,
          requesterId: randomUUID(),
          project,
          environment: 'test',
          size: sizeM,
          templateId: template.id,
          networkId: network.id,
          vcenterId,
          address: null,
          sshPublicKey: null,
          instanceUuid: randomUUID(),
        },
        telling,
      ),
    ready: () =>
      service.tell(
        vmReady,
        { ...of, vmId: randomUUID(), moref: 'vm-7', hostName: vmName, addresses: ['10.0.0.7'], loginText: null },
        telling,
      ),
  };
}
