import { useSyncExternalStore } from 'react';
import { type CallOptions, call } from './call';
import { askAgain, queryClient } from './query';
import type { Asked, Route } from './route';

/** A change that was ordered: waiting to be sent, on its way, or refused. Once it is made and seen it is gone from here. */
export interface HeldChange {
  /** Of what is changed; it has one order at a time. */
  readonly id: string;
  readonly name: string;
  readonly deed: 'approve' | 'reject';
  /** What was ordered with one press is undone with one. */
  readonly batch: string;
  readonly state: 'waiting' | 'sending' | 'refused';
  /** When it is sent unless it is undone; milliseconds since 1970. */
  readonly sentAt: number;
  readonly error?: Error;
}

interface Order {
  readonly send: (options: CallOptions) => Promise<unknown>;
  readonly refreshes: readonly Route[];
  /** All tries share it, also the one that leaves with the page: the change is made once. */
  readonly idempotencyKey: string;
  timer?: ReturnType<typeof setTimeout>;
}

let changes: readonly HeldChange[] = [];
const orders = new Map<string, Order>();
const listeners = new Set<() => void>();

function become(next: readonly HeldChange[]): void {
  changes = next;
  for (const listener of listeners) listener();
}
const patch = (id: string, change: Partial<HeldChange>) =>
  become(changes.map((one) => (one.id === id ? { ...one, ...change } : one)));

/**
 * Orders a change of each of several things, and sends it later so that it can be undone; at once when the page is left.
 * @param holdMs 0 sends it now; it then has only its outcome here
 */
export function holdChanges<R extends Route>(
  route: R,
  items: readonly { readonly id: string; readonly name: string; readonly input: Asked<R> }[],
  { deed, holdMs, refreshes }: { deed: HeldChange['deed']; holdMs: number; refreshes: readonly Route[] },
): void {
  const batch = crypto.randomUUID();
  const sentAt = Date.now() + holdMs;
  for (const { id, state } of changes) if (state === 'refused' && items.some((one) => one.id === id)) forgetChange(id);
  const fresh = items.filter(({ id }) => !orders.has(id));
  for (const { id, input } of fresh) {
    const send = (options: CallOptions) => call(route, input, options);
    const order: Order = { send, refreshes, idempotencyKey: crypto.randomUUID() };
    if (holdMs > 0) order.timer = setTimeout(() => void sendChange(id), holdMs);
    orders.set(id, order);
  }
  become([
    ...changes,
    ...fresh.map(({ id, name }): HeldChange => ({ id, name, deed, batch, sentAt, state: 'waiting' })),
  ]);
  if (holdMs === 0) for (const { id } of fresh) void sendChange(id);
}

/** Sends now what waits, or once more what was refused. */
export async function sendChange(id: string): Promise<void> {
  const order = orders.get(id);
  if (!order || changes.find((one) => one.id === id)?.state === 'sending') return;
  clearTimeout(order.timer);
  patch(id, { state: 'sending' });
  const outcome = await order.send({ idempotencyKey: order.idempotencyKey, keepalive: true }).then(
    () => undefined,
    (error: Error) => error,
  );
  await askAgain(queryClient, ...order.refreshes); // A refusal, too, tells that what is on screen is old.
  if (outcome) patch(id, { state: 'refused', error: outcome });
  else forgetChange(id);
}

/** Everything that waits, now. */
export async function sendHeld(): Promise<void> {
  await Promise.all(changes.filter(({ state }) => state === 'waiting').map(({ id }) => sendChange(id)));
}

/** Takes back all that was ordered with the same press and was not sent yet. @returns what was taken back */
export function undoChanges(batch: string): readonly HeldChange[] {
  const undone = changes.filter((one) => one.batch === batch && one.state === 'waiting');
  for (const { id } of undone) forgetChange(id);
  return undone;
}

/** Of an order that waits: takes it back. Of one that was refused: it has been read. */
export function forgetChange(id: string): void {
  clearTimeout(orders.get(id)?.timer);
  orders.delete(id);
  become(changes.filter((one) => one.id !== id));
}

export function useHeldChanges(): readonly HeldChange[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => changes,
  );
}

// A page that is left, closed or put aside by a phone runs no timer any more.
addEventListener('pagehide', () => void sendHeld());
