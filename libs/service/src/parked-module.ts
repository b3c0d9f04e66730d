import type { DatabaseJournal } from '@eaf/event-store';
import { Handles, type NatsTransport, type OperationContext } from '@eaf/messaging';
import { type Contracts, type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { parkedOperationsOf } from '@eaf/messaging/parked';
import { Controller, type DynamicModule, Module } from '@nestjs/common';
import type pg from 'pg';

interface ParkedRow {
  tenant_id: string;
  consumer: string;
  stream: string;
  version: number;
  envelope: Buffer;
  reason: string;
  parked_at: Date;
  total: number;
}

/** Answers what an operator asks about events that this service's consumers gave up on, where the contracts say so. */
export function parkedModule(
  context: string,
  contracts: Contracts,
  parts: {
    /** The runner role's pool: it alone may look at the parked events of all tenants. */
    readonly runnerPool: pg.Pool;
    readonly journal: DatabaseJournal;
    readonly transport: NatsTransport;
  },
): DynamicModule {
  const { list, redeliver } = parkedOperationsOf(context);

  @Controller()
  class ParkedEvents {
    @Handles(list)
    async list({ limit }: Input<typeof list>): Promise<Reply<typeof list>> {
      // The envelope's prefix of the type is the product's; people know the event without it.
      const { rows } = await parts.runnerPool.query<ParkedRow>(
        `SELECT tenant_id, consumer, stream, version, envelope, reason, parked_at,
                count(*) OVER ()::integer AS total
         FROM parked ORDER BY tenant_id, consumer, stream, version LIMIT $1`,
        [limit],
      );
      const items = rows.map(({ tenant_id, parked_at, envelope, total: _, ...row }) => ({
        ...row,
        tenant: tenant_id,
        type: typeOf(envelope)?.slice(contracts.prefix.length + 1) ?? '(unreadable)',
        since: parked_at.toISOString(),
      }));
      return { items, total: rows[0]?.total ?? 0 };
    }

    @Handles(redeliver)
    async redeliver(input: Input<typeof redeliver>, { tenant }: OperationContext): Promise<Reply<typeof redeliver>> {
      const { handled, left, stuck } = await parts.journal.redeliver({ tenant, ...input }, (bytes) =>
        parts.transport.handleAgain(input.consumer, bytes),
      );
      return handled + left === 0 ? refuse('not-found') : { handled, left, stuck };
    }
  }

  @Module({})
  class ParkedModule {}
  const declared = contracts.operations.some(({ name }) => name === list.name);
  return { module: ParkedModule, controllers: declared ? [ParkedEvents] : [] };
}

function typeOf(envelope: Buffer): string | undefined {
  try {
    const { type } = JSON.parse(envelope.toString()) as { type?: unknown };
    return typeof type === 'string' ? type : undefined;
  } catch {
    return undefined; // Bytes that are no event are parked as well.
  }
}
