import { v5 as uuidv5 } from 'uuid';

/** The VM's id and vSphere's `instanceUuid`: known before the VM is, and the same at every try. */
export function vmIdOf(requestId: string): string {
  return uuidv5('vm', requestId);
}
