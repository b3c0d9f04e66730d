import { createHash } from 'node:crypto';
import { type RequestedVm, requestedVm } from '@dvmm/contracts';

/** Binds a decision to exactly what was asked for. Parsing first gives the fields one order, whatever they came in. */
export function contentHashOf(vm: RequestedVm): string {
  return createHash('sha256')
    .update(JSON.stringify(requestedVm.parse(vm)))
    .digest('hex');
}
