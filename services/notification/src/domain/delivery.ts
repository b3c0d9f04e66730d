import type { deliveryFailed, deliveryQueued, deliveryRetried, deliverySent } from '@dvmm/contracts';
import type { FactOf } from '@eaf/messaging/contract';

export type DeliveryFact =
  | FactOf<typeof deliveryQueued>
  | FactOf<typeof deliverySent>
  | FactOf<typeof deliveryRetried>
  | FactOf<typeof deliveryFailed>;

type Queued = FactOf<typeof deliveryQueued>['data'];

export type Delivery =
  | { readonly phase: 'none' }
  | { readonly phase: 'open' | 'sent' | 'failed'; readonly queued: Queued; readonly attempts: number };

export const noDelivery: Delivery = { phase: 'none' };

/** With the longest pause between them, a day of a mail server that is away. */
export const maxAttempts = 150;
const maxPauseMs = 10 * 60_000;

export function queue(queued: Queued, state: Delivery): DeliveryFact[] {
  return state.phase === 'none' ? [{ type: 'notification.delivery-queued', data: queued }] : [];
}

/** The server took the mail. Said twice, as after a lost answer, it counts once. */
export function noteSent(state: Delivery): DeliveryFact[] {
  if (state.phase !== 'open') return [];
  const { messageId, ...delivery } = state.queued;
  return [{ type: 'notification.delivery-sent', data: { ...delivery, messageId, attempts: state.attempts + 1 } }];
}

/** @param jitter between 0 and 1, so that many mails do not come back at the same moment */
export function noteFault(reason: string, now: Date, jitter: number, state: Delivery): DeliveryFact[] {
  if (state.phase !== 'open') return [];
  const { messageId: _, ...delivery } = state.queued;
  const attempt = state.attempts + 1;
  if (attempt >= maxAttempts)
    return [{ type: 'notification.delivery-failed', data: { ...delivery, attempts: attempt, reason } }];
  const pauseMs = Math.min(maxPauseMs, 1_000 * 2 ** state.attempts) * (0.75 + jitter / 2);
  const nextAt = new Date(now.getTime() + pauseMs).toISOString();
  return [{ type: 'notification.delivery-retried', data: { ...delivery, attempt, reason, nextAt } }];
}

/** Nothing that time could mend. */
export function giveUp(reason: string, state: Delivery): DeliveryFact[] {
  if (state.phase !== 'open') return [];
  const { messageId: _, ...delivery } = state.queued;
  return [{ type: 'notification.delivery-failed', data: { ...delivery, attempts: state.attempts, reason } }];
}

export function evolve(state: Delivery, event: DeliveryFact): Delivery {
  if (event.type === 'notification.delivery-queued') return { phase: 'open', queued: event.data, attempts: 0 };
  if (state.phase === 'none') return state;
  switch (event.type) {
    case 'notification.delivery-sent':
      return { ...state, phase: 'sent' };
    case 'notification.delivery-retried':
      return { ...state, attempts: event.data.attempt };
    case 'notification.delivery-failed':
      return { ...state, phase: 'failed' };
  }
}
