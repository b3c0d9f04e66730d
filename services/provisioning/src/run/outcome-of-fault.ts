import type { RunReason } from '@dvmm/contracts';
import { HostNotAllowed } from '../connections/hypervisors.js';
import {
  CertificateNotTrusted,
  HypervisorAway,
  HypervisorFault,
  LoginRefused,
  NotFoundInVCenter,
  NotOurVm,
  NotPermitted,
} from '../hypervisor/faults.js';
import type { StepOutcome } from './step-work.js';

/** vSphere's fault names under the reason codes that people's texts stand under. */
const reasons: Readonly<Record<string, RunReason>> = {
  InsufficientResourcesFault: 'no-resources',
  InsufficientMemoryResourcesFault: 'no-resources',
  InsufficientCpuResourcesFault: 'no-resources',
  InsufficientFailoverResourcesFault: 'no-resources',
  NoCompatibleHost: 'no-resources',
  NoDiskSpace: 'datastore-full',
  InsufficientStorageSpace: 'datastore-full',
  DatacenterMismatch: 'placement-wrong',
  InvalidDatastore: 'placement-wrong',
  InvalidFolder: 'placement-wrong',
  CustomizationFault: 'guest-cannot-be-customised',
  UncustomizableGuest: 'guest-cannot-be-customised',
  MissingLinuxCustResources: 'guest-cannot-be-customised',
  LicenseServerUnavailable: 'no-licence',
  NotEnoughLicenses: 'no-licence',
  RequestCanceled: 'stopped-in-vcenter',
  InvalidPowerState: 'wrong-power-state',
  ToolsUnavailable: 'guest-does-not-listen',
  ToolsUnavailableFault: 'guest-does-not-listen',
  FileFault: 'storage-fault',
  FileLocked: 'storage-fault',
};

const missing: Readonly<Record<NotFoundInVCenter['kind'], RunReason>> = {
  datacenter: 'datacenter-missing',
  folder: 'folder-missing',
  'resource pool': 'resource-pool-missing',
  datastore: 'datastore-missing',
  template: 'template-missing',
  network: 'network-missing',
  vm: 'vm-missing',
  task: 'task-missing',
  object: 'object-missing',
};

/** These do not change by trying again. */
const hopeless = new Set<RunReason>(['guest-cannot-be-customised', 'no-licence']);

export const awayPauseMs = 2_000;

/**
 * What a fault means for the step it ended. A vCenter that is away, or that an administrator must let us into again,
 * makes runs wait and fails none of them.
 * @returns undefined for what is no fault of a hypervisor: the timer reports it and rings again
 */
export function outcomeOfFault(error: unknown): StepOutcome | undefined {
  if (error instanceof HypervisorAway) {
    return {
      kind: 'resting',
      reason: 'vcenter-away',
      detail: 'vCenter does not answer.',
      againInMs: Math.max(awayPauseMs, error.retryAfterMs),
    };
  }
  if (error instanceof LoginRefused) {
    // Slowly: trying a wrong password often locks the account. Its name may be a person's and stays out of events.
    return {
      kind: 'resting',
      reason: 'vcenter-login-refused',
      detail: 'vCenter refuses the login of its account.',
      againInMs: 60_000,
    };
  }
  if (error instanceof CertificateNotTrusted) {
    return {
      kind: 'resting',
      reason: 'vcenter-certificate',
      detail: `The certificate of ${error.host} is not trusted: ${error.reason}.`,
      againInMs: 60_000,
    };
  }
  if (error instanceof HostNotAllowed) {
    return { kind: 'resting', reason: 'vcenter-host-not-allowed', detail: error.message, againInMs: 60_000 };
  }
  if (error instanceof NotPermitted) {
    return {
      kind: 'faulted',
      reason: 'not-permitted',
      detail: `The vCenter account lacks ${error.privilege} on ${error.object}.`,
    };
  }
  if (error instanceof NotOurVm) {
    return {
      kind: 'impossible',
      reason: 'not-our-vm',
      detail: `${error.differs} of the VM is ${error.found ?? 'absent'}, not ${error.expected}; it was left alone.`,
    };
  }
  if (error instanceof NotFoundInVCenter) {
    return {
      kind: 'faulted',
      reason: missing[error.kind],
      detail: `vCenter has no ${error.kind} ${error.objectName}.`,
    };
  }
  if (error instanceof HypervisorFault) {
    if (error.faultName === 'TaskInProgress') return { kind: 'going-on', againInMs: 2_000 };
    const reason = reasons[error.faultName] ?? 'vcenter-fault';
    return { kind: hopeless.has(reason) ? 'impossible' : 'faulted', reason, detail: error.message };
  }
  return undefined;
}
