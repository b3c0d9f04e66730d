import { randomBytes } from 'node:crypto';
import { addressesOf } from '../addresses.js';
import type { LocalSettings } from '../local-settings.js';
import { emailOf, personNamed } from '../people.js';
import { mailsTo } from './mailbox.js';
import { login, ubuntu } from './seed.js';
import { Session } from './session.js';
import { until } from './until.js';

interface Named {
  readonly id: string;
  readonly name: string;
}
type Page<T> = { readonly items: T[] };

interface RequestDetail {
  readonly id: string;
  readonly state: string;
  readonly waiting: { readonly reason: string } | null;
  readonly result: { readonly vmId: string; readonly hostName: string | null; readonly addresses: string[] } | null;
  readonly failure: { readonly reason: string; readonly detail: string } | null;
  readonly timeline: { readonly what: string; readonly detail: Record<string, unknown> }[];
}

export interface JobResult {
  readonly request: string;
  readonly vm: string;
  readonly vsphere: string;
  readonly address: string;
  readonly mail: string;
}

export interface JobOptions {
  readonly requester?: string;
  readonly approver?: string;
  readonly networkName?: string;
  readonly say?: (line: string) => void;
  readonly timeoutMs?: number;
}

/** The main job, as people do it: asked for, approved, made, the mail read. Every answer comes through the gateway. */
export async function mainJob(settings: LocalSettings, options: JobOptions = {}): Promise<JobResult> {
  const {
    requester = 'erika',
    approver = 'ayse',
    networkName = 'Produktion',
    say = () => {},
    timeoutMs = 120_000,
  } = options;
  const { gateway } = addressesOf(settings);
  const [user, decider] = await Promise.all([
    Session.open(gateway, login(settings, requester)),
    Session.open(gateway, login(settings, approver)),
  ]);
  const first = async (path: string, name?: string) => {
    const { items } = await user.get<Page<Named>>(path);
    const found = items.find((item) => name === undefined || item.name === name);
    if (!found) throw new Error(`${path} offers no ${name ?? 'entry'}`);
    return found.id;
  };
  const wish = {
    projectId: await first('/projects'),
    templateId: await first('/templates', ubuntu),
    networkId: await first('/networks', networkName),
    size: 'M',
    name: `shop-${randomBytes(4).toString('hex')}`,
    environment: 'production',
  };
  const preview = await user.post<{
    size: { monthlyCostCents: number } | null;
    approval: { stages: { approvers: { name?: string }[] }[] } | null;
  }>('/requests/preview', wish);
  const approvers = preview.approval?.stages.flatMap((stage) => stage.approvers.map(({ name }) => name)) ?? [];
  say(
    `Previewed: ${((preview.size?.monthlyCostCents ?? 0) / 100).toFixed(2)} € a month, ${approvers.join(', ')} must approve`,
  );

  const { id } = await user.post<{ id: string }>('/requests', {
    ...wish,
    justification: 'Zweiter Knoten für den Webshop vor dem Weihnachtsgeschäft.',
    sshPublicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGf1o0m8s7m0n9S0Ue0l4m7yJ7k3QkOqv0t1w2x3y4z5 erika@nordwind',
  });
  say(`Submitted: ${wish.name} as ${id}`);

  const waiting = await until(
    'the case reaching the approver',
    async () =>
      (await decider.get<Page<{ id: string; mayDecide: boolean; contentHash: string }>>('/approvals')).items.find(
        (one) => one.id === id && one.mayDecide,
      ),
    timeoutMs,
  );
  await decider.post(`/approvals/${id}/approve`, { contentHash: waiting.contentHash });
  say(`Approved by ${personNamed(approver).name}`);

  const told = new Set<string>();
  const ready = await until(
    'the VM being ready',
    async () => {
      const request = await user.get<RequestDetail>(`/requests/${id}`);
      for (const { what, detail } of request.timeline.filter((line) => line.what === 'provisioning.step-done')) {
        const line = `${what}/${String(detail.step)}`;
        if (!told.has(line)) say(`Step done: ${String(detail.step)} in ${String(detail.durationMs)} ms`);
        told.add(line);
      }
      if (request.failure)
        throw new Error(`The request ended as ${request.state}: ${request.failure.reason}, ${request.failure.detail}`);
      return request.state === 'ready' ? request : undefined;
    },
    timeoutMs,
  );
  const vm = await user.get<{ name: string; moref: string; addresses: string[] }>(`/vms/${ready.result?.vmId}`);
  say(`Ready: ${vm.name} is ${vm.moref} with ${vm.addresses.join(', ')}`);

  const mail = await until(
    'the mail being delivered',
    () => findMail(settings, requester, vm.name, vm.addresses[0] ?? ''),
    timeoutMs,
  );
  say(`Mail delivered: ${mail.subject}`);
  return { request: id, vm: vm.name, vsphere: vm.moref, address: vm.addresses[0] ?? '', mail: mail.messageId };
}

/** The mail that tells the requester name and address. */
async function findMail(settings: LocalSettings, requester: string, vmName: string, address: string) {
  const mails = await mailsTo(settings, emailOf(personNamed(requester)));
  return mails.find(({ text }) => text.includes(vmName) && text.includes(address));
}
