import { z } from 'zod';
import type { Recorded } from './contract.js';
import { contextOf } from './contract.js';

/** CloudEvents 1.0, JSON structured mode. Extension names are lower case and without separators, as the standard demands. */
export const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  /** `<prefix>.<context>.<what happened>.v<version>` */
  type: z.string(),
  /** `/<prefix>/<context>` */
  source: z.string(),
  subject: z.string().describe('The stream; its versions run 1, 2, 3 … without a gap.'),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  /** `<prefix>:/schemas/<type>.v<version>.json`. CloudEvents demands an absolute URI; the edge serves its path. */
  dataschema: z.string(),
  tenantid: z.uuid(),
  streamversion: z.int().positive(),
  actorid: z.string().describe('Principal id, or system:<service>.'),
  correlationid: z.string(),
  causationid: z.string().optional(),
  recordedat: z.iso.datetime(),
  traceparent: z.string().optional(),
  backdatedseconds: z
    .int()
    .positive()
    .optional()
    .describe('How far before its recording it plays; absent: not at all.'),
  data: z.unknown(),
});
export type Envelope = z.output<typeof envelope>;

/**
 * The published form of a recorded event. Same row, same bytes: the audit trail hashes them and its verifier makes them
 * again from the owner's table, so the order of fields here must never change.
 */
export function toEnvelope(prefix: string, recorded: Recorded): Envelope {
  const context = contextOf(recorded.type);
  return {
    specversion: '1.0',
    id: recorded.id,
    type: `${prefix}.${recorded.type}.v${recorded.typeVersion}`,
    source: `/${prefix}/${context}`,
    subject: recorded.stream,
    time: recorded.time.toISOString(),
    datacontenttype: 'application/json',
    dataschema: schemaUri(prefix, recorded.type, recorded.typeVersion),
    tenantid: recorded.tenant,
    streamversion: recorded.version,
    actorid: recorded.actorId,
    correlationid: recorded.correlationId,
    ...(recorded.causationId ? { causationid: recorded.causationId } : {}),
    recordedat: recorded.recordedAt.toISOString(),
    ...(recorded.traceparent ? { traceparent: recorded.traceparent } : {}),
    ...(recorded.backdatedSeconds ? { backdatedseconds: recorded.backdatedSeconds } : {}),
    data: recorded.data,
  };
}

/** Names an event's schema wherever the product runs: the edge serves the path, and the scheme stands for its address. */
export function schemaUri(prefix: string, type: string, version: number): string {
  return `${prefix}:/schemas/${type}.v${version}.json`;
}

/** @throws Error when the bytes are no envelope of ours; a consumer parks them under their place in the broker. */
export function fromEnvelope(prefix: string, bytes: Uint8Array): Recorded {
  const parsed = envelope.parse(JSON.parse(new TextDecoder().decode(bytes)));
  const match = /^(.+)\.v(\d+)$/.exec(parsed.type.slice(prefix.length + 1));
  if (!parsed.type.startsWith(`${prefix}.`) || !match) throw new Error(`Foreign event type ${parsed.type}`);
  return {
    id: parsed.id,
    type: match[1] as string,
    typeVersion: Number(match[2]),
    data: parsed.data,
    tenant: parsed.tenantid,
    stream: parsed.subject,
    version: parsed.streamversion,
    actorId: parsed.actorid,
    correlationId: parsed.correlationid,
    causationId: parsed.causationid ?? null,
    traceparent: parsed.traceparent ?? null,
    time: new Date(parsed.time),
    recordedAt: new Date(parsed.recordedat),
    backdatedSeconds: parsed.backdatedseconds,
  };
}

/** The tenant that an event's subject names. */
export function tenantOf(subject: string): string {
  return subject.split('.')[2] ?? '';
}

/** `shop.request.<tenant>.submitted`, for a prefix `shop` and the type `request.submitted`. */
export function eventSubject(prefix: string, tenant: string, type: string): string {
  const context = contextOf(type);
  return `${prefix}.${context}.${tenant}.${type.slice(context.length + 1)}`;
}
