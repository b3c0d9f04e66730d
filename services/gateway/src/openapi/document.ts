import { type DoorCode, type RefusalCode, type RefusalEntry, refusals } from '@dvmm/contracts';
import { contextOf } from '@eaf/messaging/contract';
import { z } from 'zod';
import { type PublicOperation, pathParameters, publicOperations } from '../operations/public-operations.js';
import { exampleOf } from './examples.js';
import { type JsonSchema, JsonSchemas } from './json-schemas.js';

const always: DoorCode[] = [
  'not-signed-in',
  'membership.none',
  'not-allowed',
  'rate-limited',
  'service-away',
  'outcome-unknown',
  'server-failed',
];
const whenItChanges: DoorCode[] = ['csrf', 'key-reused', 'conflict'];
const whenItHasInput: DoorCode[] = ['invalid-input'];
const whenItHasBody: DoorCode[] = ['not-json', 'too-large'];

/** OpenAPI 3.1 of every operation with a route, made from the same schemas that check its calls. */
export function openApiDocument(publicUrl: string): object {
  const schemas = new JsonSchemas();
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of publicOperations) {
    paths[operation.http.path] = {
      ...paths[operation.http.path],
      [operation.http.method]: describe(operation, schemas),
    };
  }
  paths['/api/v1/live'] = { get: liveStream };
  return {
    openapi: '3.1.0',
    info: {
      title: 'DVMM',
      version: '1.0.0',
      description:
        'Virtual machines from request to approval to VM. The tenant follows from the session or token. Every answer that is no success is an RFC 9457 problem document whose `type` opens a page.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    security: [{ bearer: [] }, { session: [] }],
    tags: [...new Set(publicOperations.map(({ name }) => contextOf(name)))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        session: { type: 'apiKey', in: 'cookie', name: publicUrl.startsWith('https:') ? '__Host-session' : 'session' },
      },
      schemas: { ...schemas.named, Problem: problemSchema },
    },
  };
}

function describe(operation: PublicOperation, schemas: JsonSchemas): object {
  const { http } = operation;
  const hasBody = http.method === 'post' || http.method === 'put';
  const input = schemas.of(operation.input, 'input');
  const inPath = new Set(pathParameters(http.path));
  const [outside, inside] = split(input, (name) => inPath.has(name) || !hasBody);
  const output = schemas.of(operation.output, 'output');
  const roles = operation.allow.includes('anyone') ? 'every person of the tenant' : operation.allow.join(', ');
  return {
    operationId: operation.name,
    summary: operation.summary,
    description: `For: ${roles}.`,
    tags: [contextOf(operation.name)],
    parameters: [
      ...parametersOf(operation, outside, inPath, schemas),
      ...(operation.writes ? [keyParameter(http.method)] : []),
    ],
    ...(hasBody && Object.keys(inside.properties).length > 0
      ? {
          requestBody: {
            required: inside.required.length > 0,
            content: {
              'application/json': {
                schema: { type: 'object', ...inside },
                example: exampleOf({ type: 'object', ...inside }, schemas.named),
              },
            },
          },
        }
      : {}),
    responses: {
      [http.status ?? 200]: {
        description: operation.summary,
        content: { 'application/json': { schema: output, example: exampleOf(output, schemas.named) } },
      },
      ...problemResponses(codesOf(operation, hasBody)),
    },
  };
}

interface ObjectPart {
  readonly properties: Record<string, JsonSchema>;
  readonly required: string[];
}

/** The input's fields that `isOutside` holds for, and the others. */
function split(input: JsonSchema, isOutside: (name: string) => boolean): [outside: ObjectPart, inside: ObjectPart] {
  const properties = Object.entries((input.properties as Record<string, JsonSchema> | undefined) ?? {});
  const required = (input.required as string[] | undefined) ?? [];
  const part = (keep: (name: string) => boolean) => ({
    properties: Object.fromEntries(properties.filter(([name]) => keep(name))),
    required: required.filter(keep),
  });
  return [part(isOutside), part((name) => !isOutside(name))];
}

/** A query's numbers come as text and are read as numbers: what is read says more than what is sent. */
function parametersOf(
  operation: PublicOperation,
  outside: ObjectPart,
  inPath: ReadonlySet<string>,
  schemas: JsonSchemas,
): object[] {
  const read = operation.input instanceof z.ZodObject ? (operation.input.shape as Record<string, z.ZodType>) : {};
  return Object.keys(outside.properties).map((name) => {
    const schema = read[name] ? schemas.of(read[name], 'output') : {};
    return {
      name,
      in: inPath.has(name) ? 'path' : 'query',
      required: inPath.has(name) || outside.required.includes(name),
      schema,
      ...(outside.required.includes(name) || inPath.has(name)
        ? { example: exampleOf(schema, schemas.named, name) }
        : {}),
    };
  });
}

function keyParameter(method: string): object {
  return {
    name: 'Idempotency-Key',
    in: 'header',
    required: method === 'post',
    description: 'The same key at every repeat: the change happens once, and the answer is the same.',
    schema: { type: 'string', minLength: 8, maxLength: 200 },
    example: '6f1c2a9e-2f53-4d0c-9a5e-0a6f8e1f7b42',
  };
}

function codesOf(operation: PublicOperation, hasBody: boolean): RefusalCode[] {
  const listed = Object.keys(operation.refusals) as RefusalCode[];
  const codes = [
    ...listed,
    ...always,
    ...whenItHasInput,
    ...(operation.writes || hasBody ? whenItChanges : []),
    ...(hasBody ? whenItHasBody : []),
    ...(operation.writes ? (['tenant.suspended'] as const) : []),
    ...(operation.writes && operation.http.method === 'post' ? (['key-missing'] as const) : []),
  ];
  return [...new Set(codes)];
}

function problemResponses(codes: readonly RefusalCode[]): Record<string, object> {
  const byStatus = Map.groupBy(codes, (code) => (refusals[code] as RefusalEntry).status);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `\`${code}\`: ${refusals[code].en.title}`).join('. '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'correlationId'],
  properties: {
    type: { type: 'string', description: '`/problems/<code>`: a page that explains it.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: {
      type: 'string',
      description: 'What happened, what was kept, what to do; in the language of `Accept-Language`.',
    },
    code: { type: 'string', enum: Object.keys(refusals).sort() },
    correlationId: { type: 'string', format: 'uuid' },
    traceId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string', description: 'JSON pointer.' }, detail: { type: 'string' } },
      },
    },
    about: {
      type: 'object',
      description: "The refusal's own facts, such as the free name or what is left of a quota.",
    },
  },
};

const liveStream = {
  operationId: 'live',
  summary: 'Server-sent events that say which objects have changed: ask for them again',
  description:
    'Events: `listening`, `change` with `{kind, id}` and, where it is known, `version`, `resync` (ask everything again), `ended` (sign in again).',
  tags: ['live'],
  parameters: [
    {
      name: 'Last-Event-ID',
      in: 'header',
      required: false,
      schema: { type: 'string' },
      description: 'Goes on after this event.',
    },
  ],
  responses: {
    200: { description: 'The stream', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    ...problemResponses([...always, 'too-many-streams']),
  },
};
