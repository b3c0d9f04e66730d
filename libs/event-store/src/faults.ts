import { OperationFault, OutOfOrder } from '@eaf/messaging/contract';

export { OutOfOrder };

/** Somebody else appended to the stream first. Load again and decide again; nothing was stored. */
export class VersionConflict extends OperationFault {
  override readonly name = 'VersionConflict';
  constructor(
    readonly stream: string,
    readonly expected: number,
  ) {
    super('conflict', `${stream} is past version ${expected}`);
  }
}

/** The idempotency key was used before with another input. Nothing was done. */
export class KeyReused extends OperationFault {
  override readonly name = 'KeyReused';
  constructor(readonly key: string) {
    super('key-reused', 'This idempotency key was used before for something else.');
  }
}

/** The event was handled before, or its tenant has departed, so that nothing is left to do; acknowledge it. */
export class HandledBefore extends Error {
  override readonly name = 'HandledBefore';
}

/** Another process has taken this timer over; stop, and write nothing more. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}
