import { event } from '@eaf/messaging/contract';
import { z } from 'zod';
import { named } from '../vocabulary.js';
import { addressing, loginText } from './catalogue.js';
import { namingRule } from './naming.js';
import { runStep } from './runs.js';
import { powerAction, powerState } from './vms.js';

const ofRun = z.object({ requestId: z.uuid(), vmName: z.string() });

export const vcenterConnected = event({
  type: 'provisioning.vcenter-connected',
  summary: 'A vCenter was entered. Credentials are kept apart, encrypted.',
  heardBy: [],
  data: z.object({
    vcenterId: z.uuid(),
    name: z.string(),
    host: z.string(),
    port: z.int(),
    username: z.string(),
    datacenter: z.string(),
    resourcePool: z.string(),
    datastore: z.string(),
    folder: z.string(),
    maxClones: z.int(),
    /** SHA-256 of the trusted PEM, hex; null: the system's authorities. */
    certificateSha256: z.string().nullable(),
    /** Version of the stored credentials; the secret itself never travels. */
    credentialsVersion: z.int(),
  }),
});
export const vcenterWentAway = event({
  type: 'provisioning.vcenter-went-away',
  summary: 'A vCenter does not answer; its runs wait.',
  heardBy: [],
  data: z.object({ vcenterId: z.uuid(), why: z.string() }),
});
export const vcenterCameBack = event({
  type: 'provisioning.vcenter-came-back',
  summary: 'A vCenter answers again; its runs go on.',
  heardBy: [],
  data: z.object({ vcenterId: z.uuid() }),
});
export const templateOffered = event({
  type: 'provisioning.template-offered',
  summary: 'A template can be asked for.',
  heardBy: [],
  data: named.extend({
    vcenterId: z.uuid(),
    vcenterName: z.string(),
    guest: z.enum(['linux', 'windows']),
    loginText,
  }),
});
export const networkOffered = event({
  type: 'provisioning.network-offered',
  summary: 'A network can be asked for.',
  heardBy: [],
  data: named.extend({ vcenterId: z.uuid(), vcenterName: z.string(), addressing }),
});
export const namingRuleSet = event({
  type: 'provisioning.naming-rule-set',
  summary: 'Names of new VMs begin otherwise.',
  heardBy: [],
  data: namingRule,
});
export const held = event({
  type: 'provisioning.held',
  summary: 'A name, and an address where the network has a pool, are held for a request.',
  heardBy: [],
  data: z.object({
    requestId: z.uuid(),
    name: z.string(),
    template: named,
    network: named,
    address: z.string().nullable(),
  }),
});
export const holdReleased = event({
  type: 'provisioning.hold-released',
  summary: 'Name and address are free again.',
  heardBy: [],
  data: z.object({ requestId: z.uuid(), because: z.string() }),
});

export const runStarted = event({
  type: 'provisioning.run-started',
  summary: 'Work on a granted request has begun.',
  heardBy: ['request'],
  data: ofRun.extend({
    requesterId: z.uuid(),
    project: named,
    environment: z.string(),
    size: z.object({
      key: z.string(),
      vcpus: z.int(),
      memoryMiB: z.int(),
      diskGiB: z.int(),
      monthlyCostCents: z.int(),
      currency: z.string(),
    }),
    templateId: z.uuid(),
    networkId: z.uuid(),
    vcenterId: z.uuid(),
    address: z.string().nullable(),
    sshPublicKey: z.string().nullable(),
    instanceUuid: z.uuid(),
  }),
});
export const stepIntended = event({
  type: 'provisioning.step-intended',
  summary: 'A step is about to act on vCenter.',
  heardBy: ['request'],
  data: ofRun.extend({ step: runStep, attempt: z.int() }),
});
export const stepProgressed = event({
  type: 'provisioning.step-progressed',
  summary: 'How far a long step has come, in quarters.',
  heardBy: ['request'],
  data: ofRun.extend({ step: runStep, percent: z.int().min(0).max(100) }),
});
export const stepDone = event({
  type: 'provisioning.step-done',
  summary: 'A step has its outcome.',
  heardBy: ['request'],
  data: ofRun.extend({ step: runStep, durationMs: z.int(), moref: z.string().nullable() }),
});
export const runWaiting = event({
  type: 'provisioning.run-waiting',
  summary: 'A run rests and goes on by itself.',
  heardBy: ['request'],
  data: ofRun.extend({ step: runStep, reason: z.string(), detail: z.string(), until: z.iso.datetime().nullable() }),
});
export const runResumed = event({
  type: 'provisioning.run-resumed',
  summary: 'A run that rested goes on.',
  heardBy: ['request'],
  data: ofRun.extend({ step: runStep }),
});
export const runCancelling = event({
  type: 'provisioning.run-cancelling',
  summary: 'A run is being taken back at the next border of a step.',
  heardBy: [],
  data: ofRun.extend({ because: z.string() }),
});
export const runGivingUp = event({
  type: 'provisioning.run-giving-up',
  summary: 'A step has failed for good; what was begun is being removed.',
  heardBy: [],
  data: ofRun.extend({ step: runStep, reason: z.string(), detail: z.string() }),
});
export const vmReady = event({
  type: 'provisioning.vm-ready',
  summary: 'The VM reports the promised host name and address.',
  heardBy: ['request', 'tenant'],
  data: ofRun.extend({
    vmId: z.uuid(),
    moref: z.string(),
    hostName: z.string(),
    addresses: z.array(z.string()),
    loginText: loginText.nullable(),
  }),
});
export const vmNotCustomised = event({
  type: 'provisioning.vm-not-customised',
  summary: 'The VM runs but does not report what was promised.',
  heardBy: ['request', 'tenant'],
  data: ofRun.extend({ vmId: z.uuid(), moref: z.string(), reason: z.string() }),
});
export const runFailed = event({
  type: 'provisioning.run-failed',
  summary: 'The VM could not be made. Quota is freed only when nothing is left.',
  heardBy: ['request', 'tenant'],
  data: ofRun.extend({ step: runStep, reason: z.string(), detail: z.string(), nothingLeft: z.boolean() }),
});
export const runCancelled = event({
  type: 'provisioning.cancelled',
  summary: 'What was begun is proven gone.',
  heardBy: ['request', 'tenant'],
  data: ofRun,
});
export const vmPowerRequested = event({
  type: 'provisioning.vm-power-requested',
  summary: 'A person asks for a VM to be switched; what came of it is the next event.',
  heardBy: [],
  data: z.object({ vmId: z.uuid(), requestId: z.uuid(), action: powerAction }),
});
export const vmPowerChanged = event({
  type: 'provisioning.vm-power-changed',
  summary: 'A person switched a VM; `unknown` where vCenter did not say so in time.',
  heardBy: [],
  data: z.object({ vmId: z.uuid(), requestId: z.uuid(), action: z.string(), power: powerState }),
});
export const vmDecommissionRequested = event({
  type: 'provisioning.vm-decommission-requested',
  summary: 'A VM is to be deleted for good.',
  heardBy: [],
  data: z.object({ vmId: z.uuid(), requestId: z.uuid(), vmName: z.string() }),
});
export const vmDecommissionHeldUp = event({
  type: 'provisioning.vm-decommission-held-up',
  summary: 'A VM could not be deleted yet; it is tried again, and somebody may have to help.',
  heardBy: ['notification'],
  data: z.object({ vmId: z.uuid(), requestId: z.uuid(), vmName: z.string(), reason: z.string() }),
});
export const vmDecommissioned = event({
  type: 'provisioning.vm-decommissioned',
  summary: 'The VM is proven gone; its name, address and quota are free.',
  heardBy: ['tenant', 'request'],
  data: z.object({ vmId: z.uuid(), requestId: z.uuid(), vmName: z.string() }),
});

export const provisioningEvents = [
  vcenterConnected,
  vcenterWentAway,
  vcenterCameBack,
  templateOffered,
  networkOffered,
  namingRuleSet,
  held,
  holdReleased,
  runStarted,
  stepIntended,
  stepProgressed,
  stepDone,
  runWaiting,
  runResumed,
  runCancelling,
  runGivingUp,
  vmReady,
  vmNotCustomised,
  runFailed,
  runCancelled,
  vmPowerRequested,
  vmPowerChanged,
  vmDecommissionRequested,
  vmDecommissionHeldUp,
  vmDecommissioned,
];
