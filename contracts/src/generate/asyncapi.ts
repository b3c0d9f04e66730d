import { isDeepStrictEqual } from 'node:util';
import {
  type AnyOperation,
  type Contracts,
  contextOf,
  type EventDefinition,
  faultCodes,
} from '@eaf/messaging/contract';
import { cloudEventSchema, type JsonSchema, ownPartOf, schemaOf } from './json-schemas.js';
import { yamlForPeople } from './yaml-for-people.js';

const description = [
  "Every subject on DVMM's broker. Integrations listen to the events: facts, published over NATS JetStream as CloudEvents 1.0 in JSON structured mode.",
  "Operations are NATS request/reply between DVMM's services; each question carries a token that its caller signs, so nobody else can ask.",
  'Schemas name what is there today: bear fields you do not know. Generated from contracts/; do not edit.',
].join(' ');

/** AsyncAPI 3.0 of everything on the broker: a channel and a message an event, a channel and two messages an operation. */
export function asyncApiOf(contracts: Contracts): string {
  const schemas = new NamedSchemas();
  const events = contracts.events.map((definition) => eventPart(contracts.prefix, definition, schemas));
  const operations = contracts.operations.map((operation) => operationPart(contracts.prefix, operation, schemas));
  const hints = hintPart(contracts.prefix);
  const parts = [...events, ...operations, hints];
  return yamlForPeople({
    asyncapi: '3.0.0',
    info: { title: 'DVMM on NATS', version: '1.0.0', description, license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/json',
    channels: {
      ...merged(parts, 'channels'),
      inbox: {
        address: '_INBOX.{caller}.{question}',
        description: 'Where answers arrive: each caller has a prefix of its own, which nobody else may listen to.',
        parameters: { caller: {}, question: { description: 'Made by the client.' } },
        messages: Object.fromEntries(
          contracts.operations.map(({ name }) => [name, { $ref: `#/components/messages/${answerOf(name)}` }]),
        ),
      },
    },
    operations: merged(parts, 'operations'),
    components: {
      parameters: { tenant: { description: 'The tenant, a UUID.' }, context: { enum: contextsOf(contracts) } },
      messages: merged(parts, 'messages'),
      schemas: {
        CloudEvent: cloudEventSchema,
        Fault: {
          description:
            'It was not carried out, for a reason that is no refusal of the contract. Nothing has changed, but for outcome-unknown.',
          ...objectOf({
            fault: objectOf({
              code: { enum: faultCodes },
              message: { type: 'string' },
            }),
          }),
        },
        ...schemas.inOrder(),
      },
    },
  });
}

interface Part {
  readonly channels: JsonSchema;
  readonly operations: JsonSchema;
  readonly messages: JsonSchema;
}

function eventPart(prefix: string, definition: EventDefinition, schemas: NamedSchemas): Part {
  const { type, version, summary } = definition;
  const id = `${type}.v${version}`;
  const context = contextOf(type);
  return {
    channels: {
      [id]: {
        address: `${prefix}.${context}.{tenant}.${type.slice(context.length + 1)}`,
        parameters: { tenant: { $ref: '#/components/parameters/tenant' } },
        messages: { event: { $ref: `#/components/messages/${id}` } },
      },
    },
    operations: { [`publish ${id}`]: { action: 'send', channel: { $ref: `#/channels/${id}` } } },
    messages: {
      [id]: {
        summary,
        contentType: 'application/cloudevents+json',
        payload: {
          allOf: [
            { $ref: '#/components/schemas/CloudEvent' },
            { properties: schemas.pointedAt(ownPartOf(prefix, definition)) },
          ],
        },
      },
    },
  };
}

const answerOf = (operation: string) => `${operation}.answer`;

function operationPart(prefix: string, operation: AnyOperation, schemas: NamedSchemas): Part {
  const { name, summary, callers, input, output, refusals } = operation;
  const answers = [
    objectOf({ output: schemas.pointedAt(schemaOf(output)) }),
    ...(Object.keys(refusals).length > 0
      ? [objectOf({ refused: { enum: Object.keys(refusals) }, detail: { type: 'object' } })]
      : []),
    { $ref: '#/components/schemas/Fault' },
  ];
  return {
    channels: {
      [name]: {
        address: `${prefix}.rpc.${name}`,
        messages: { question: { $ref: `#/components/messages/${name}` } },
      },
    },
    operations: {
      [`answer ${name}`]: {
        action: 'receive',
        summary: `${summary}. Asked by ${callers.join(', ')}`,
        channel: { $ref: `#/channels/${name}` },
        reply: { channel: { $ref: '#/channels/inbox' }, messages: [{ $ref: `#/channels/inbox/messages/${name}` }] },
      },
    },
    messages: {
      [name]: { payload: schemas.pointedAt(schemaOf(input, 'input')) },
      [answerOf(name)]: { payload: { oneOf: answers } },
    },
  };
}

/** Over core NATS, not stored: what is lost costs a late repaint or a late look, never a fact. */
function hintPart(prefix: string): Part {
  const hint = objectOf({
    audience: { type: 'array', items: { type: 'string' } },
    kind: { type: 'string' },
    id: { type: 'string' },
  });
  const context = { $ref: '#/components/parameters/context' };
  const channel = (id: string) => ({ $ref: `#/channels/${id}` });
  return {
    channels: {
      live: {
        address: `${prefix}.live.{context}.{tenant}`,
        parameters: { context, tenant: { $ref: '#/components/parameters/tenant' } },
        messages: { hint: { $ref: '#/components/messages/live' } },
      },
      wake: {
        address: `${prefix}.wake.{context}`,
        parameters: { context },
        messages: { ring: { $ref: '#/components/messages/wake' } },
      },
      limits: { address: `${prefix}.limits`, messages: { counts: { $ref: '#/components/messages/limits' } } },
    },
    operations: {
      'tell live': { action: 'send', channel: channel('live') },
      'ring wake': { action: 'send', channel: channel('wake') },
      'share limits': { action: 'send', channel: channel('limits') },
    },
    messages: {
      live: { summary: 'Something changed; who hears it asks again through the API.', payload: hint },
      wake: { summary: 'A context has committed events: its relay looks at once. Empty.' },
      limits: {
        summary: 'What one replica of the gateway has counted, for the others.',
        payload: objectOf({ from: { type: 'string' }, deltas: { type: 'object' } }),
      },
    },
  };
}

/** Parts with a name of their own, each written once under `components/schemas`. */
class NamedSchemas {
  readonly #named = new Map<string, JsonSchema>();

  /** The schema with its `$defs` moved to the document's components. */
  pointedAt(schema: JsonSchema): JsonSchema {
    return this.#point(schema) as JsonSchema;
  }

  inOrder(): JsonSchema {
    return Object.fromEntries([...this.#named].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  #point(part: unknown): unknown {
    if (Array.isArray(part)) return part.map((item) => this.#point(item));
    if (typeof part !== 'object' || part === null) return part;
    const { $defs, ...rest } = part as JsonSchema;
    for (const [name, named] of Object.entries(($defs as Record<string, JsonSchema> | undefined) ?? {})) {
      const known = this.#named.get(name);
      const pointed = this.pointedAt(named);
      // A default makes a part differ between question and answer: such a part must not be shared.
      if (known && !isDeepStrictEqual(known, pointed)) throw new Error(`${name} is not the same in all messages.`);
      this.#named.set(name, pointed);
    }
    return Object.fromEntries(
      Object.entries(rest).map(([key, value]) => [
        key,
        key === '$ref' && typeof value === 'string'
          ? value.replace('#/$defs/', '#/components/schemas/')
          : this.#point(value),
      ]),
    );
  }
}

function objectOf(properties: JsonSchema): JsonSchema {
  return { type: 'object', required: Object.keys(properties), properties };
}

function merged(parts: readonly Part[], kind: keyof Part): JsonSchema {
  return Object.assign({}, ...parts.map((part) => part[kind]));
}

function contextsOf(contracts: Contracts): string[] {
  return [...new Set(contracts.events.map(({ type }) => contextOf(type)))];
}
