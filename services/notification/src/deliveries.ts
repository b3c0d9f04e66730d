import { EventStore, Streams } from '@eaf/event-store';
import type { Recorded } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { type Delivery, type DeliveryFact, evolve, noDelivery } from './domain/delivery.js';
import type { NotificationTables } from './read-models/tables.js';

@Injectable()
export class Deliveries extends Streams<Delivery, DeliveryFact, NotificationTables> {
  constructor(store: EventStore<NotificationTables>) {
    super(store, {
      category: 'delivery',
      initial: noDelivery,
      evolve: (state, event) => evolve(state, event as DeliveryFact),
      project: projectDelivery,
    });
  }
}

/** The queued row itself is written with its variables by whoever queues; here is what follows. */
function projectDelivery(event: Recorded<DeliveryFact>, sql: Kysely<NotificationTables>): SqlStatement[] {
  const fact = event as DeliveryFact;
  const change = sql
    .updateTable('delivery')
    .where('tenant_id', '=', event.tenant)
    .where('id', '=', fact.data.deliveryId);
  switch (fact.type) {
    case 'notification.delivery-queued':
      return [];
    case 'notification.delivery-sent':
      return [change.set({ state: 'sent', attempts: fact.data.attempts, sent_at: event.time, last_error: null })];
    case 'notification.delivery-retried':
      return [change.set({ state: 'retrying', attempts: fact.data.attempt, last_error: fact.data.reason })];
    case 'notification.delivery-failed':
      return [change.set({ state: 'failed', attempts: fact.data.attempts, last_error: fact.data.reason })];
  }
}
