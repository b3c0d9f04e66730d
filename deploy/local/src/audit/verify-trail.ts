import { createHash } from 'node:crypto';
import { contracts, type Service, services } from '@dvmm/contracts';
import { type EventRow, eventColumns, toRecorded } from '@eaf/event-store';
import { toEnvelope } from '@eaf/messaging';
import type pg from 'pg';

export interface Finding {
  readonly tenant: string;
  readonly what: 'changed' | 'missing' | 'added';
  /** Number in the tenant's trail; null for an event that never came into it. */
  readonly number: number | null;
  readonly detail: string;
}

interface EntryRow {
  tenant_id: string;
  number: string;
  event_id: string;
  type: string;
  stream: string;
  actor_id: string;
  correlation_id: string;
  time: Date;
  recorded_at: Date;
  envelope: Buffer;
  previous: Buffer;
  hash: Buffer;
}

/** Sorts before every tenant. */
const nobody = '00000000-0000-0000-0000-000000000000';
const batchSize = 1_000;
/** The trail follows the events; what is younger than this may still be on its way. */
const graceSeconds = 60;

/**
 * Recomputes every tenant's chain, and compares each entry with the owner's event and each event with the trail.
 * @param client as a role that may read every context's events and the trail, such as `dvmm_verifier`
 * @param onProgress told how many entries have been read
 */
export async function* verifyTrail(
  client: pg.ClientBase,
  onProgress: (entries: number) => void = () => {},
): AsyncGenerator<Finding> {
  let read = 0;
  let last: { tenant: string; number: bigint; hash: Buffer } = { tenant: nobody, number: 0n, hash: Buffer.alloc(0) };
  for (;;) {
    const { rows } = await client.query<EntryRow>(
      `SELECT * FROM tenant.audit_entry WHERE (tenant_id, number) > ($1, $2) ORDER BY tenant_id, number LIMIT ${batchSize}`,
      [last.tenant, last.number],
    );
    const owned = await ownersBytes(client, rows);
    for (const entry of rows) {
      const before = entry.tenant_id === last.tenant ? last : { number: 0n, hash: firstPrevious(entry.tenant_id) };
      yield* chainFaults(entry, before);
      yield* contentFaults(entry, owned);
      last = { tenant: entry.tenant_id, number: BigInt(entry.number), hash: entry.hash };
    }
    read += rows.length;
    onProgress(read);
    if (rows.length < batchSize) break;
  }
  for (const context of services) yield* missingEvents(client, context);
}

/** What stands before a tenant's first entry. */
const firstPrevious = (tenant: string) => sha256(Buffer.from(tenant));

function* chainFaults(entry: EntryRow, before: { number: bigint; hash: Buffer }): Generator<Finding> {
  const number = BigInt(entry.number);
  const about = { tenant: entry.tenant_id, number: Number(number) };
  if (number !== before.number + 1n) {
    const detail = `after number ${before.number} comes ${number}`;
    yield { ...about, what: 'missing', number: Number(before.number + 1n), detail };
  } else if (!entry.previous.equals(before.hash)) {
    yield { ...about, what: 'changed', detail: 'it does not follow the hash before it' };
  }
  const hash = sha256(Buffer.concat([entry.previous, Buffer.from(entry.number), sha256(entry.envelope)]));
  if (!hash.equals(entry.hash)) yield { ...about, what: 'changed', detail: 'its hash is not that of its content' };
}

function* contentFaults(entry: EntryRow, owned: ReadonlyMap<string, Buffer>): Generator<Finding> {
  const about = { tenant: entry.tenant_id, number: Number(entry.number) };
  const envelope = parsed(entry.envelope);
  const said = [envelope?.id, envelope?.tenantid, envelope?.subject, envelope?.actorid, envelope?.correlationid];
  const shown = [entry.event_id, entry.tenant_id, entry.stream, entry.actor_id, entry.correlation_id];
  const times = [envelope?.time, envelope?.recordedat];
  const timesShown = [entry.time.toISOString(), entry.recorded_at.toISOString()];
  if (
    said.join() !== shown.join() ||
    times.join() !== timesShown.join() ||
    envelope?.type.replace(/^[^.]+\./, '').replace(/\.v\d+$/, '') !== entry.type
  ) {
    yield { ...about, what: 'changed', detail: 'its columns do not say what its envelope says' };
  }
  const bytes = owned.get(entry.event_id);
  if (!bytes) yield { ...about, what: 'added', detail: `no context has the event ${entry.event_id}` };
  else if (!bytes.equals(entry.envelope)) {
    yield { ...about, what: 'changed', detail: 'trail and owner tell different stories of this event' };
  }
}

type Envelope = ReturnType<typeof toEnvelope>;

function parsed(bytes: Buffer): Envelope | undefined {
  try {
    return JSON.parse(bytes.toString('utf8')) as Envelope;
  } catch {
    return undefined; // The caller reports it as changed.
  }
}

/** The published bytes of the events that entries are about, made again from the owners' rows; by event id. */
async function ownersBytes(client: pg.ClientBase, entries: readonly EntryRow[]): Promise<Map<string, Buffer>> {
  const bytes = new Map<string, Buffer>();
  const places = entries.flatMap((entry) => {
    const envelope = parsed(entry.envelope);
    return envelope ? [{ context: envelope.source?.split('/').at(-1), envelope, tenant: entry.tenant_id }] : [];
  });
  for (const context of services) {
    const own = places.filter((place) => place.context === context);
    if (own.length === 0) continue;
    const { rows } = await client.query<EventRow>(
      `SELECT ${eventColumns} FROM ${context}.event
       JOIN unnest($1::uuid[], $2::text[], $3::integer[]) AS place(tenant_id, stream, version) USING (tenant_id, stream, version)`,
      [
        own.map(({ tenant }) => tenant),
        own.map(({ envelope }) => String(envelope.subject)),
        own.map(({ envelope }) => Number(envelope.streamversion)),
      ],
    );
    for (const row of rows)
      bytes.set(row.id, Buffer.from(JSON.stringify(toEnvelope(contracts.prefix, toRecorded(row)))));
  }
  return bytes;
}

async function* missingEvents(client: pg.ClientBase, context: Service): AsyncGenerator<Finding> {
  const { rows } = await client.query<{ tenant_id: string; type: string; stream: string; version: number }>(
    `SELECT event.tenant_id, event.type, event.stream, event.version FROM ${context}.event
     LEFT JOIN tenant.audit_entry AS entry ON entry.tenant_id = event.tenant_id AND entry.event_id = event.id
     WHERE entry.event_id IS NULL AND event.recorded_at < clock_timestamp() - make_interval(secs => ${graceSeconds})
     ORDER BY event.recorded_at`,
  );
  for (const { tenant_id, type, stream, version } of rows) {
    yield { tenant: tenant_id, what: 'missing', number: null, detail: `${type} of ${stream}, version ${version}` };
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
