import type { StepOutcome, StepWork } from '../step-work.js';

/** Everything that can be known before something is made: what fails here leaves nothing behind. */
export async function check(work: StepWork): Promise<StepOutcome> {
  const { spec, template, network } = work;
  if (!work.holdStands) {
    return {
      kind: 'impossible',
      reason: 'hold-missing',
      detail: `The name ${spec.vmName} is no longer held for this request.`,
    };
  }
  if (template.guest !== 'linux') {
    return {
      kind: 'impossible',
      reason: 'guest-cannot-be-customised',
      detail: 'Guests other than Linux cannot be customised yet.',
    };
  }
  // Whoever reads the inventory makes the tenant's folder, where it is not there yet.
  const inventory = await work.inventory();
  if (!inventory.templates.includes(template.vcenterName)) {
    return { kind: 'faulted', reason: 'template-missing', detail: `vCenter has no template ${template.vcenterName}.` };
  }
  if (!inventory.networks.includes(network.vcenterName)) {
    return { kind: 'faulted', reason: 'network-missing', detail: `vCenter has no network ${network.vcenterName}.` };
  }
  const datastore = inventory.datastores.find(({ name }) => name === inventory.placementDatastore);
  const neededBytes = spec.size.diskGiB * 1024 ** 3;
  if (datastore && (!datastore.accessible || datastore.freeBytes < neededBytes)) {
    return {
      kind: 'faulted',
      reason: 'datastore-full',
      detail: `Datastore ${datastore.name} cannot take ${spec.size.diskGiB} GiB.`,
    };
  }
  return { kind: 'done', moref: null };
}
