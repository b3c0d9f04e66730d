import type { Hypervisor, HypervisorConnection, TaskRef } from '../hypervisor.js';
import { about } from './about.js';
import { attachNetwork } from './attach-network.js';
import { cancelTask } from './cancel-task.js';
import { checkConnection } from './check-connection.js';
import { cloneFromTemplate } from './clone-vm.js';
import { compare } from './compare-vm.js';
import { customise } from './customise-vm.js';
import { destroy } from './destroy-vm.js';
import { ensureFolder } from './ensure-folder.js';
import { findByName } from './find-vm.js';
import { taskEnd } from './follow-task.js';
import { guestIdentity, guestReport } from './guest-identity.js';
import { inventory } from './inventory.js';
import { vmObject } from './own-vm.js';
import { changePower, shutdownGuest } from './power-vm.js';
import { reconfigure } from './reconfigure-vm.js';
import { runningCloneTasks } from './running-clones.js';
import { VSphereSession } from './session.js';
import { ObjectWatch } from './watch-objects.js';

const LOGOUT_LIMIT_MS = 5_000;

/** The port's vSphere side for one connection. Nothing is sent before the first call; `close` it when stopping. */
export function openVSphere(connection: HypervisorConnection): Hypervisor {
  const session = new VSphereSession(connection);
  const watch = new ObjectWatch(session);
  const within = (deadlineMs: number) => AbortSignal.timeout(deadlineMs);
  return {
    about: (deadlineMs) => about(session, within(deadlineMs)),
    check: (templates, deadlineMs) => {
      session.forget();
      return checkConnection(session, templates, within(deadlineMs));
    },
    inventory: (deadlineMs) => inventory(session, within(deadlineMs)),
    ensureFolder: (deadlineMs) => ensureFolder(session, within(deadlineMs)),
    cloneFromTemplate: (spec, deadlineMs) => cloneFromTemplate(session, spec, within(deadlineMs)),
    findByName: (name, deadlineMs) => findByName(session, name, within(deadlineMs)),
    runningCloneTasks: (spec, deadlineMs) => runningCloneTasks(session, spec, within(deadlineMs)),
    compare: (vm, owner, settings, deadlineMs) => compare(session, vm, owner, settings, within(deadlineMs)),
    reconfigure: (vm, owner, size, deadlineMs) => reconfigure(session, vm, owner, size, within(deadlineMs)),
    attachNetwork: (vm, owner, network, deadlineMs) => attachNetwork(session, vm, owner, network, within(deadlineMs)),
    customise: (vm, owner, customisation, deadlineMs) => {
      const signal = within(deadlineMs);
      const ended = (task: TaskRef) => taskEnd(watch, task, () => undefined, signal);
      return customise(session, vm, owner, customisation, signal, ended);
    },
    powerOn: async (vm, owner, deadlineMs) => {
      const task = await changePower(session, 'PowerOnVM_Task', vm, owner, within(deadlineMs));
      watch.foresee(vmObject(vm)); // Its guest's report is what comes next.
      return task;
    },
    powerOff: (vm, owner, deadlineMs) => changePower(session, 'PowerOffVM_Task', vm, owner, within(deadlineMs)),
    shutdownGuest: (vm, owner, deadlineMs) => shutdownGuest(session, vm, owner, within(deadlineMs)),
    reset: (vm, owner, deadlineMs) => changePower(session, 'ResetVM_Task', vm, owner, within(deadlineMs)),
    destroy: (vm, owner, deadlineMs) => destroy(session, vm, owner, within(deadlineMs)),
    guestIdentity: (vm, owner, deadlineMs) => guestIdentity(session, vm, owner, within(deadlineMs)),
    guestReport: (vm, isAwaited, deadlineMs) => guestReport(watch, vm, isAwaited, within(deadlineMs)),
    waitForTask: (task, onProgress, deadlineMs) => taskEnd(watch, task, onProgress, within(deadlineMs)),
    cancelTask: (task, deadlineMs) => cancelTask(session, task, within(deadlineMs)),
    close: async () => {
      watch.close();
      await session.close(within(LOGOUT_LIMIT_MS));
    },
  };
}
