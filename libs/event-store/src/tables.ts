import type { ColumnType, Generated } from 'kysely';

/** The event store's own tables, as every service's schema has them; a service adds its own to this type. */
export interface EventStoreTables {
  event: EventTable;
  command: CommandTable;
  position: PositionTable;
  parked: ParkedTable;
  due: DueTable;
}

interface EventTable {
  tenant_id: string;
  stream: string;
  version: number;
  id: string;
  type: string;
  type_version: number;
  data: ColumnType<unknown, string, never>;
  actor_id: string;
  correlation_id: string;
  causation_id: string | null;
  traceparent: string | null;
  time: Date;
  recorded_at: ColumnType<Date, never, never>;
  backdated_seconds: number | null;
}

interface CommandTable {
  tenant_id: string;
  principal_id: string;
  key: string;
  operation: string;
  input_hash: string;
  reply: ColumnType<unknown, string, never>;
  recorded_at: Generated<Date>;
}

interface PositionTable {
  tenant_id: string;
  consumer: string;
  stream: string;
  version: number;
  event_id: string;
}

interface ParkedTable {
  tenant_id: string;
  consumer: string;
  stream: string;
  version: number;
  envelope: Buffer;
  reason: string;
  parked_at: Generated<Date>;
}

interface DueTable {
  tenant_id: string;
  kind: string;
  id: string;
  due_at: Date;
  fence: Generated<string>;
  attempts: Generated<number>;
  claimed_until: Date | null;
  backdated_seconds: Generated<number>;
}
