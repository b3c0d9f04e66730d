import { type Claim, type Origin, release, Timers } from '@eaf/event-store';
import { inSpan, SpanKind } from '@eaf/observability';
import { Database } from '@eaf/tenancy';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Deliveries } from '../deliveries.js';
import { type DeliveryFact, giveUp, noteFault, noteSent } from '../domain/delivery.js';
import { AddressedMails } from '../mail/addressed-mail.js';
import { SmtpServers } from '../mail/smtp-servers.js';
import { deliverTimer } from '../mailing.js';
import type { NotificationTables } from '../read-models/tables.js';

const noSettingsPauseMs = 30_000;

/** Sends one queued mail, again with the same Message-ID until the server has taken it. */
@Injectable()
export class DeliverMail implements OnModuleInit {
  constructor(
    private readonly database: Database<NotificationTables>,
    private readonly deliveries: Deliveries,
    private readonly mails: AddressedMails,
    private readonly servers: SmtpServers,
    private readonly timers: Timers,
  ) {}

  onModuleInit(): void {
    this.timers.on(deliverTimer, (claim) => this.#deliver(claim));
  }

  async #deliver(claim: Claim): Promise<void> {
    const [queued] = await this.deliveries.history(claim.tenant, claim.id);
    if (!queued) throw new Error(`Delivery ${claim.id} was never queued`);
    const { correlationId, traceparent } = queued;
    const origin = { ...claim.origin, correlationId, traceparent: traceparent ?? undefined };
    await inSpan({ name: 'deliver mail', kind: SpanKind.INTERNAL, traceparent }, () => this.#send(origin, claim));
  }

  async #send(origin: Origin, claim: Claim): Promise<void> {
    const server = await this.servers.of(claim.tenant).catch((error: Error) => error);
    if (server instanceof Error)
      return this.#note(origin, claim, (state, now) => noteFault(reasonOf(server), now, Math.random(), state));
    if (!server) return this.#waitForSettings(origin, claim);
    const [row] = await this.database.read(
      claim.tenant,
      this.database.sql
        .selectFrom('delivery')
        .selectAll()
        .where('tenant_id', '=', claim.tenant)
        .where('id', '=', claim.id),
    );
    if (!row) throw new Error(`Delivery ${claim.id} has no row`);
    const { kind, person_id: personId, request_id: requestId, variables, message_id: messageId } = row;
    const mail = await this.mails.of({ ...origin, kind, personId, requestId, variables });
    if (!mail)
      return this.#note(origin, claim, (state) => giveUp('The person has no mail address, or is gone.', state));
    const { to, subject, text, html } = mail;
    const fault = await inSpan({ name: 'smtp send', kind: SpanKind.CLIENT }, () =>
      server.transport.sendMail({ from: server.from, to, subject, text, html, messageId }),
    ).then(
      () => undefined,
      (error: Error) => error,
    );
    // Dying here sends the mail once more, under the same Message-ID: better twice than never.
    await this.#note(origin, claim, (state, now) =>
      fault ? noteFault(reasonOf(fault), now, Math.random(), state) : noteSent(state),
    );
  }

  async #note(
    origin: Origin,
    claim: Claim,
    rule: (state: Parameters<typeof noteSent>[0], now: Date) => DeliveryFact[],
  ): Promise<void> {
    let again: Date | undefined;
    await this.deliveries.decide(
      origin,
      claim.id,
      ({ state, now }) => {
        const facts = rule(state, now);
        const [fact] = facts;
        again = fact?.type === 'notification.delivery-retried' ? new Date(fact.data.nextAt) : undefined;
        return facts;
      },
      { also: () => [release(claim, again)] },
    );
  }

  /** No try was made, so none is counted; the reason is visible, and it goes on by itself once settings are there. */
  async #waitForSettings(origin: Origin, claim: Claim): Promise<void> {
    const { now } = await this.deliveries.load(origin, claim.id);
    const again = new Date(now.getTime() + noSettingsPauseMs);
    await this.database.flush(origin.tenant, [
      this.database.sql
        .updateTable('delivery')
        .set({ state: 'retrying', last_error: 'The tenant has no SMTP settings yet.' })
        .where('tenant_id', '=', origin.tenant)
        .where('id', '=', claim.id),
      release(claim, again),
    ]);
  }
}

/** What the server said, without the address it may repeat. */
function reasonOf(error: Error): string {
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  return [code, responseCode, error.message.replaceAll(/\S+@\S+/g, '<address>')]
    .filter(Boolean)
    .join(' ')
    .slice(0, 300);
}
