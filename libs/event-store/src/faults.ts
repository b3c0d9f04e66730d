/** Somebody else appended to the stream first. Load again and decide again; nothing was stored. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  constructor(readonly stream: string, readonly expected: number) {
    super(`${stream} is past version ${expected}`);
  }
}

/** The idempotency key was used before with another input. Nothing was done. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused';
  constructor(readonly key: string) {
    super('This idempotency key was used before for something else.');
  }
}

/** The event was handled before; acknowledge it. */
export class HandledBefore extends Error {
  override readonly name = 'HandledBefore';
}

/** An earlier event of the same stream has not been handled yet; try again shortly. */
export class OutOfOrder extends Error {
  override readonly name = 'OutOfOrder';
}

/** Another process has taken this timer over; stop, and write nothing more. */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}
