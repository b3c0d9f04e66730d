import { EventStore, keepCopy } from '@eaf/event-store';
import { HearsAll } from '@eaf/messaging';
import type { Reaction, Recorded } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import type { TenantTables } from '../read-models/tables.js';

/** Every event of every context, once, with the bytes as published. */
@Controller()
export class KeepAuditTrail {
  constructor(private readonly store: EventStore<TenantTables>) {}

  @HearsAll('audit')
  async handle(event: Recorded, reaction: Reaction & { readonly bytes: Uint8Array }): Promise<void> {
    const { id, type, stream, actorId, correlationId, time, recordedAt } = event;
    await keepCopy(this.store, reaction, [
      {
        sql: 'SELECT append_audit($1, $2, $3, $4, $5, $6, $7, $8)',
        parameters: [id, type, stream, actorId, correlationId, time, recordedAt, Buffer.from(reaction.bytes)],
      },
    ]);
  }
}
