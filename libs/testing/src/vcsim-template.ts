import { eventually } from './eventually.js';
import { listVcsimVms, loginToVcsim, type VcsimLogin } from './vcsim-api.js';

/** Turns one of the simulator's machines into a template, from outside and as an administrator would. Done before = nothing happens. */
export async function makeVcsimTemplate(login: VcsimLogin, name: string): Promise<void> {
  const api = await loginToVcsim(login);
  try {
    const machines = await listVcsimVms(api);
    if (machines.some((one) => one.name === name && one.template)) return;
    // One that vcsim begins with, and none that was cloned since.
    const machine = machines.find((one) => one.name.startsWith('DC0_') && !one.template);
    if (!machine) throw new Error('vcsim has no VM of its own left');
    const vm = { type: 'VirtualMachine', value: machine.vm };
    await api.call('PowerOffVM_Task', vm);
    await eventually(async () => (await listVcsimVms(api)).some((one) => one.vm === machine.vm && !one.poweredOn), {
      what: 'the VM being off',
    });
    await api.call('Rename_Task', vm, `<newName>${name}</newName>`);
    await eventually(async () => (await listVcsimVms(api)).some((one) => one.name === name), {
      what: 'the VM being renamed',
    });
    await api.call('MarkAsTemplate', vm);
  } finally {
    await api.logout();
  }
}

/** Deletes a template from outside, as somebody may at a real vCenter. */
export async function deleteVcsimTemplate(login: VcsimLogin, name: string): Promise<void> {
  const api = await loginToVcsim(login);
  try {
    const template = (await listVcsimVms(api)).find((one) => one.name === name && one.template);
    if (template) await api.call('Destroy_Task', { type: 'VirtualMachine', value: template.vm });
  } finally {
    await api.logout();
  }
}
