import type { EventDefinition, Recorded } from '@eaf/messaging/contract';
import { type Database, isUniqueViolation, type SqlStatement, sqlState } from '@eaf/tenancy';
import { v7 as uuidv7 } from 'uuid';
import { ClaimLost, HandledBefore, KeyReused, OutOfOrder, VersionConflict } from './faults.js';
import type { Idempotency, Origin, Reaction } from './origin.js';
import { type EventRow, eventColumns, toRecorded } from './recorded-row.js';
import type { EventStoreTables } from './tables.js';

/** A fact to be stored: a type this context declared, and data that fits its schema. */
export interface NewFact {
  readonly type: string;
  readonly data: unknown;
}

export interface LoadedStream {
  readonly events: Recorded[];
  /** The database's clock at loading, less what the origin is backdated by: the `now` of the decision. */
  readonly now: Date;
  /** The stored answer, when this very command was carried out before. */
  readonly replay: { readonly reply: unknown } | undefined;
}

/** Events made by {@link EventStore.record}, to follow version `expected` of their stream. */
export interface Append {
  readonly stream: string;
  readonly expected: number;
  readonly recorded: readonly Recorded[];
}

export class EventStore<DB extends EventStoreTables = EventStoreTables> {
  readonly #definitions: Map<string, EventDefinition>;
  readonly #onCommitted: () => void;

  /**
   * @param service      stored as `system:<service>` where no person acts
   * @param events       what this context may publish; other types are refused
   * @param onCommitted  rings the relay once events are stored; must not throw
   */
  constructor(
    readonly database: Database<DB>,
    readonly service: string,
    events: readonly EventDefinition[],
    onCommitted: () => void = () => {},
  ) {
    this.#definitions = new Map(events.map((definition) => [definition.type, definition]));
    this.#onCommitted = onCommitted;
  }

  /**
   * A stream, the database's clock and the stored answer to this command, in one round trip. Whose decisions play in the
   * past says so by `origin.backdatedSeconds`.
   * @throws KeyReused when the key stands for another command
   */
  async load(origin: Pick<Origin, 'tenant'> & Partial<Origin>, stream: string): Promise<LoadedStream> {
    const { tenant, actorId, idempotency, backdatedSeconds = 0 } = origin;
    const [events, clock, command] = await this.database.flush(tenant, [
      {
        name: 'load',
        sql: `SELECT ${eventColumns} FROM event WHERE tenant_id = $1 AND stream = $2 ORDER BY version`,
        parameters: [tenant, stream],
      },
      { name: 'clock', sql: 'SELECT now() AS now', parameters: [] },
      ...(idempotency ? [commandOf(tenant, actorId ?? '', idempotency.key)] : []),
    ]);
    const stored = command?.rows[0] as { operation: string; input_hash: string; reply: unknown } | undefined;
    if (
      stored &&
      idempotency &&
      (stored.input_hash !== idempotency.inputHash || stored.operation !== idempotency.operation)
    ) {
      throw new KeyReused(idempotency.key);
    }
    const { now } = clock?.rows[0] as { now: Date };
    return {
      events: (events?.rows as EventRow[]).map(toRecorded),
      now: new Date(now.getTime() - backdatedSeconds * 1_000),
      replay: stored && { reply: stored.reply },
    };
  }

  /** Gives facts their place in history. Stores nothing. */
  record(origin: Origin, stream: string, expected: number, now: Date, facts: readonly NewFact[]): Append {
    const recorded = facts.map((fact, index) => {
      const definition = this.#definitions.get(fact.type);
      if (!definition) throw new Error(`${this.service} may not publish ${fact.type}: no contract declares it.`);
      return {
        id: uuidv7(),
        type: fact.type,
        typeVersion: definition.version,
        data: definition.data.parse(fact.data),
        tenant: origin.tenant,
        stream,
        version: expected + index + 1,
        actorId: origin.actorId,
        correlationId: origin.correlationId,
        causationId: origin.causationId ?? null,
        traceparent: origin.traceparent ?? null,
        time: now,
        recordedAt: now,
        backdatedSeconds: origin.backdatedSeconds,
      };
    });
    return { stream, expected, recorded };
  }

  /**
   * Stores a decision: events first, then what `origin` or `reaction` must leave, then `statements` (read models,
   * timers), in one transaction and one round trip.
   * @throws VersionConflict | HandledBefore | OutOfOrder | ClaimLost; then nothing was stored
   */
  async commit(
    origin: Origin,
    appends: readonly Append[],
    after: { reply?: unknown; reaction?: Reaction | undefined; statements?: readonly SqlStatement[] } = {},
  ): Promise<void> {
    const recorded = appends.flatMap((append) => append.recorded);
    const filled = appends.filter((append) => append.recorded.length > 0);
    try {
      // The functions append and advance set the tenant for the rest of the transaction.
      await this.database.flush(filled.length > 0 || after.reaction ? null : origin.tenant, [
        ...filled.map((append) => appendStatement(origin.tenant, append)),
        ...(after.reaction ? [advanceStatement(origin.tenant, after.reaction)] : []),
        ...(origin.idempotency && recorded.length > 0
          ? [rememberStatement(origin, origin.idempotency, after.reply)]
          : []),
        ...(after.statements ?? []),
      ]);
    } catch (error) {
      throw translate(error, appends[0]);
    }
    if (recorded.length > 0) this.#onCommitted();
  }
}

function appendStatement(tenant: string, append: Append): SqlStatement {
  return {
    name: 'append',
    sql: 'SELECT append($1, $2, $3, $4)',
    parameters: [tenant, append.stream, append.expected, JSON.stringify(append.recorded.map(storedFields))],
  };
}

/** What the function append reads; the rest it knows or PostgreSQL sets. */
const storedFields = (recorded: Recorded) => ({
  id: recorded.id,
  type: recorded.type,
  typeVersion: recorded.typeVersion,
  data: recorded.data,
  actorId: recorded.actorId,
  correlationId: recorded.correlationId,
  causationId: recorded.causationId ?? undefined,
  traceparent: recorded.traceparent ?? undefined,
  time: recorded.time,
  backdatedSeconds: recorded.backdatedSeconds,
});

function advanceStatement(tenant: string, { consumer, event }: Reaction): SqlStatement {
  return {
    name: 'advance',
    sql: 'SELECT advance($1, $2, $3, $4, $5)',
    parameters: [tenant, consumer, event.stream, event.version, event.id],
  };
}

function commandOf(tenant: string, principalId: string, key: string): SqlStatement {
  return {
    name: 'command-of',
    sql: 'SELECT operation, input_hash, reply FROM command WHERE tenant_id = $1 AND principal_id = $2 AND key = $3',
    parameters: [tenant, principalId, key],
  };
}

function rememberStatement(origin: Origin, idempotency: Idempotency, reply: unknown): SqlStatement {
  return {
    name: 'remember',
    sql: 'INSERT INTO command (tenant_id, principal_id, key, operation, input_hash, reply) VALUES ($1, $2, $3, $4, $5, $6)',
    parameters: [
      origin.tenant,
      origin.actorId,
      idempotency.key,
      idempotency.operation,
      idempotency.inputHash,
      JSON.stringify(reply ?? null),
    ],
  };
}

function translate(error: unknown, append: Append | undefined): unknown {
  // Two commands with one key may pass each other between load and commit; the loser starts again and finds the reply.
  const lostTheRace = isUniqueViolation(error, 'event_pkey') || isUniqueViolation(error, 'command_pkey');
  if (lostTheRace) return new VersionConflict(append?.stream ?? '', append?.expected ?? 0);
  if (sqlState(error) === '42501' && (error as Error).message.includes('"not_departed"'))
    return new HandledBefore('Its tenant has departed; nothing of it is kept any more.');
  switch (sqlState(error)) {
    case 'EA001':
      return new HandledBefore((error as Error).message);
    case 'EA002':
      return new OutOfOrder((error as Error).message);
    case 'EA003':
      return new ClaimLost((error as Error).message);
    default:
      return error;
  }
}
