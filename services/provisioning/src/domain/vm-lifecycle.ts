import type {
  RunReason,
  vmDecommissioned,
  vmDecommissionHeldUp,
  vmDecommissionRequested,
  vmPowerChanged,
  vmPowerRequested,
} from '@dvmm/contracts';
import type { FactOf, Recorded } from '@eaf/messaging/contract';

export type VmFact =
  | FactOf<typeof vmPowerRequested>
  | FactOf<typeof vmPowerChanged>
  | FactOf<typeof vmDecommissionRequested>
  | FactOf<typeof vmDecommissionHeldUp>
  | FactOf<typeof vmDecommissioned>;

/** A VM after it was made. Its making is the run's. */
export interface VmLife {
  readonly state: 'living' | 'decommissioning' | 'decommissioned';
  readonly correlationId: string | undefined;
  /** What was last said to hold up its deletion. */
  readonly heldUpBy: string | undefined;
}

export const living: VmLife = { state: 'living', correlationId: undefined, heldUpBy: undefined };

export interface VmIdentity {
  readonly vmId: string;
  readonly requestId: string;
  readonly vmName: string;
}

export function evolveVm(life: VmLife, event: Recorded<VmFact>): VmLife {
  switch (event.type) {
    case 'provisioning.vm-power-requested':
    case 'provisioning.vm-power-changed':
      return life;
    case 'provisioning.vm-decommission-requested':
      return { ...life, state: 'decommissioning', correlationId: event.correlationId };
    case 'provisioning.vm-decommission-held-up':
      return { ...life, heldUpBy: event.data.reason };
    case 'provisioning.vm-decommissioned':
      return { ...life, state: 'decommissioned' };
  }
}

/** The second of two steps: the name was typed. Asked again it stays as it is. */
export function requestDecommission(life: VmLife, vm: VmIdentity): VmFact[] {
  return life.state === 'living' ? [{ type: 'provisioning.vm-decommission-requested', data: vm }] : [];
}

/** Said once for each reason, since tries find the same for days. A vCenter that is away comes back without their help. */
export function holdUpDecommission(life: VmLife, vm: VmIdentity, reason: RunReason): VmFact[] {
  if (life.state !== 'decommissioning' || life.heldUpBy === reason || reason === 'vcenter-away') return [];
  return [{ type: 'provisioning.vm-decommission-held-up', data: { ...vm, reason } }];
}

/** Called once the VM is proven gone. */
export function decommissioned(life: VmLife, vm: VmIdentity): VmFact[] {
  return life.state === 'decommissioning' ? [{ type: 'provisioning.vm-decommissioned', data: vm }] : [];
}
