import type { RunStep } from '@dvmm/contracts';
import type { StepOutcome, StepWork } from './step-work.js';
import { check } from './steps/1-check.js';
import { clone } from './steps/2-clone.js';
import { size } from './steps/3-size.js';
import { network } from './steps/4-network.js';
import { customise } from './steps/5-customise.js';
import { powerOn } from './steps/6-power-on.js';
import { confirm } from './steps/7-confirm.js';

/** What each step does; their order stands in the contract. */
export const steps: Record<RunStep, (work: StepWork) => Promise<StepOutcome>> = {
  check,
  clone,
  size,
  network,
  customise,
  'power-on': powerOn,
  confirm,
};
