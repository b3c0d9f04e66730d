import { HypervisorAway, NameTaken, NotFoundInVCenter } from '../../hypervisor/faults.js';
import type { TaskRef } from '../../hypervisor/hypervisor.js';
import { actMs, lookupMs, type StepOutcome, type StepWork } from '../step-work.js';
import { waitBriefly } from '../wait-briefly.js';

/** How long a VM of our name may show no marker before it counts as somebody else's (design D10). */
const unclearForMs = 10 * 60_000;
const sliceMs = 5_000;

/**
 * Exactly one VM: look first, act only when nothing is there. The name in the tenant's one folder is the guard, so a
 * second clone, from a worker that woke up late, is refused by vCenter itself.
 */
export async function clone(work: StepWork): Promise<StepOutcome> {
  if (work.cloneTask) return follow(work, work.cloneTask, 'noted before');
  try {
    return (await found(work)) ?? (await start(work));
  } catch (error) {
    if (!(error instanceof NotFoundInVCenter && error.kind === 'folder')) throw error;
    // Somebody removed the tenant's folder since the check.
    await work.hypervisor.ensureFolder(actMs);
    return { kind: 'going-on', againInMs: 500 };
  }
}

/** What stands under our name already; undefined = nothing does. */
async function found(work: StepWork): Promise<StepOutcome | undefined> {
  const { spec, hypervisor, owner } = work;
  const vm = await hypervisor.findByName(spec.vmName, lookupMs);
  if (vm?.marker === owner.marker && vm.instanceUuid === owner.instanceUuid) return { kind: 'done', moref: vm.vm };
  if (vm?.marker !== undefined) {
    return {
      kind: 'impossible',
      reason: 'name-taken',
      detail: `${spec.vmName} in the folder belongs to request ${vm.marker}, not to ${owner.marker}.`,
    };
  }
  if (!vm) return undefined;
  const running = await hypervisor.runningCloneTasks(
    { name: spec.vmName, template: work.template.vcenterName },
    lookupMs,
  );
  // A real vCenter shows a half-made clone before its marker can be read.
  if (running.length > 0) return { kind: 'going-on', againInMs: 2_000 };
  const unclearMs = work.unclearSince ? work.now.getTime() - work.unclearSince.getTime() : 0;
  const detail = `A VM ${spec.vmName} is in the folder; it shows no marker, and no clone of the template is running.`;
  return unclearMs >= unclearForMs
    ? { kind: 'impossible', reason: 'name-taken', detail }
    : { kind: 'resting', reason: 'name-unclear', detail, againInMs: 10_000 };
}

async function start(work: StepWork): Promise<StepOutcome> {
  const { spec, hypervisor, owner, template, settings } = work;
  try {
    const task = await hypervisor.cloneFromTemplate(
      { ...owner, name: spec.vmName, template: template.vcenterName, settings },
      actMs,
    );
    await work.noteCloneTask(task);
    return await follow(work, task, 'started now');
  } catch (error) {
    if (error instanceof NameTaken) return nameTaken(work);
    throw error;
  }
}

/** By a VM, which the next look finds; or by something that is none, such as a folder, which would never change. */
async function nameTaken({ spec, hypervisor }: StepWork): Promise<StepOutcome> {
  if (await hypervisor.findByName(spec.vmName, lookupMs)) return { kind: 'going-on', againInMs: 500 };
  return {
    kind: 'faulted',
    reason: 'name-taken',
    detail: `Something that is no VM has the name ${spec.vmName} in the folder.`,
  };
}

async function follow(work: StepWork, task: TaskRef, known: 'started now' | 'noted before'): Promise<StepOutcome> {
  try {
    const waited = await waitBriefly(work.hypervisor, task, work.spec.vmName, sliceMs);
    if (!waited.ended) return { kind: 'going-on', againInMs: 0, percent: waited.percent };
    // What this very call started made our VM. Of a noted task that is not as sure: a vCenter set up anew counts from one.
    if (known === 'started now' && waited.result.vm) return { kind: 'done', moref: waited.result.vm };
  } catch (error) {
    if (error instanceof HypervisorAway) throw error;
    // The task has failed or is forgotten: a further look must not ask for it again.
    await work.noteCloneTask(null);
    if (error instanceof NameTaken) return nameTaken(work);
    if (error instanceof NotFoundInVCenter) return { kind: 'going-on', againInMs: 500 };
    throw error;
  }
  await work.noteCloneTask(null);
  return (
    (await found(work)) ?? {
      kind: 'faulted',
      reason: 'clone-vanished',
      detail: 'The clone ended, but its VM is not in the folder.',
    }
  );
}
