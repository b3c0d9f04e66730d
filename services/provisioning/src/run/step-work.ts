import type { RunReason } from '@dvmm/contracts';
import type { RunSpec } from '../domain/run-state.js';
import type { Hypervisor, TaskRef, VmComparison, VmOwner, VmRef, VmSettings } from '../hypervisor/hypervisor.js';
import type { InventoryView } from '../read-models/inventory.js';
import type { Surroundings } from './run-surroundings.js';

/** What a step has to work with. */
export interface StepWork extends Surroundings {
  readonly spec: RunSpec;
  readonly hypervisor: Hypervisor;
  /** What vCenter must show before anything of ours is changed or deleted. */
  readonly owner: VmOwner;
  /** What the VM is to be like before its first power on. */
  readonly settings: VmSettings;
  /**
   * The VM as it was compared with the settings, once while the worker goes on with the run. What one of the steps
   * before compared is enough to leave something as it is, and not to change it; what was compared `now` is.
   */
  readonly compared: (vm: VmRef) => Promise<{ readonly compared: VmComparison; readonly now: boolean }>;
  /** The VM as the steps before left it; the clone step has none yet. */
  readonly vm: VmRef | null;
  readonly now: Date;
  /** When this step was first intended. */
  readonly intendedAt: Date;
  /** Since when the step rests for `name-unclear`, if it does. */
  readonly unclearSince: Date | undefined;
  readonly confirmTimeoutMs: number;
  /** Notes the clone's task, while this worker still holds the run. @throws ClaimLost */
  readonly noteCloneTask: (task: TaskRef | null) => Promise<void>;
  /** From the last look, or a fresh one when that is old. */
  readonly inventory: () => Promise<InventoryView>;
}

export type StepOutcome =
  | { readonly kind: 'done'; readonly moref: VmRef | null }
  | {
      readonly kind: 'confirmed';
      readonly moref: VmRef;
      readonly hostName: string;
      readonly addresses: readonly string[];
    }
  | { readonly kind: 'not-confirmed'; readonly moref: VmRef; readonly reason: RunReason }
  /** Still under way; look again then, or as soon as `orWhen` resolves. */
  | {
      readonly kind: 'going-on';
      readonly againInMs: number;
      readonly percent?: number | undefined;
      readonly orWhen?: () => Promise<unknown>;
    }
  /** Something outside is in the way; it goes on by itself and takes no try. */
  | { readonly kind: 'resting'; readonly reason: RunReason; readonly detail: string; readonly againInMs: number }
  /** May succeed another time. */
  | { readonly kind: 'faulted'; readonly reason: RunReason; readonly detail: string }
  /** Can never succeed. */
  | { readonly kind: 'impossible'; readonly reason: RunReason; readonly detail: string };

/** Deadlines of single calls. Together they may last: a worker keeps its claim as long as its process lives. */
export const lookupMs = 10_000;
export const actMs = 15_000;
export const waitMs = 20_000;
