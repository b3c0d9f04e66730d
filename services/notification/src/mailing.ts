import type { approversChanged, NotificationKind, stageOpened } from '@dvmm/contracts';
import { EventStore, HandledBefore, keepCopy, type Origin, originOf, setTimer } from '@eaf/event-store';
import { Live } from '@eaf/messaging';
import type { Heard, Reaction } from '@eaf/messaging/contract';
import { Database, type SqlStatement } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import { v5 as uuidv5 } from 'uuid';
import { Deliveries } from './deliveries.js';
import { queue } from './domain/delivery.js';
import { FirstStart } from './first-start.js';
import { hintOf } from './hint.js';
import type { MailVariables, NotificationTables } from './read-models/tables.js';
import type { RequestCopy } from './request-copies.js';
import { Settings } from './settings.js';

export const deliverTimer = 'deliver';

export interface MailOrder {
  readonly kind: NotificationKind;
  /** What it is about, where several events may call for the same mail: each person gets one of this kind about it. */
  readonly about?: string;
  readonly requestId: string;
  readonly to: readonly string[];
  readonly variables: MailVariables;
}

/** Asks those who may decide a stage. They change with roles: still one mail a person and stage. */
export function askToDecide(
  { requestId, stage, approverIds }: Heard<typeof approversChanged>['data'] | Heard<typeof stageOpened>['data'],
  request: RequestCopy,
): MailOrder {
  return {
    kind: 'submitted',
    about: `${requestId}/stage ${stage.number}`,
    requestId,
    to: approverIds,
    variables: {
      vmName: request.vm_name,
      project: request.project_name,
      size: request.size,
      'person:requester': request.requester_id,
      'sealed:justification': request.justification,
    },
  };
}

/** Queues mails in answer to an event. The same event, or another about the same, can never queue a second one: the delivery's id follows from it. */
@Injectable()
export class Mailing {
  constructor(
    private readonly store: EventStore<NotificationTables>,
    private readonly database: Database<NotificationTables>,
    private readonly deliveries: Deliveries,
    private readonly firstStart: FirstStart,
    private readonly settings: Settings,
    private readonly live: Live,
  ) {}

  async queue(reaction: Reaction, ...orders: readonly MailOrder[]): Promise<void> {
    const { event } = reaction;
    const wanted = orders.flatMap((order) => order.to.map((personId) => ({ order, personId })));
    if (wanted.length === 0 || event.recordedAt < (await this.firstStart.at()))
      return keepCopy(this.store, reaction, []);
    const origin = originOf(reaction, this.store.service);
    const queued = await Promise.all(
      wanted.map(async ({ order, personId }) => {
        const id = uuidv5(`${order.about ?? event.id}/${personId}/${order.kind}`, event.tenant);
        const loaded = await this.deliveries.load(origin, id);
        const messageId = `<${id}@${this.settings.mailIdDomain}>`;
        const facts = queue(
          { deliveryId: id, kind: order.kind, personId, requestId: order.requestId, messageId },
          loaded.state,
        );
        return {
          append: this.deliveries.record(origin, loaded, facts),
          rows: facts.length > 0 ? this.#rows(origin, id, messageId, personId, order, loaded.now) : [],
        };
      }),
    );
    await this.store
      .commit(
        origin,
        queued.map(({ append }) => append),
        { reaction, statements: queued.flatMap(({ rows }) => rows) },
      )
      .catch((error: unknown) => {
        if (!(error instanceof HandledBefore)) throw error;
      });
    for (const personId of new Set(wanted.map(({ personId: to }) => to)))
      this.live.tell(event.tenant, hintOf(personId));
  }

  #rows(origin: Origin, id: string, messageId: string, personId: string, order: MailOrder, now: Date): SqlStatement[] {
    const row = this.database.sql
      .insertInto('delivery')
      .values({
        tenant_id: origin.tenant,
        id,
        kind: order.kind,
        person_id: personId,
        request_id: order.requestId,
        variables: JSON.stringify(order.variables),
        message_id: messageId,
        state: 'queued',
        queued_at: now,
        read_at: origin.backdatedSeconds ? now : null, // Told of the past, it is no news in the inbox.
      })
      .onConflict((conflict) => conflict.doNothing());
    return [row, setTimer(deliverTimer, id, now, origin)];
  }
}
