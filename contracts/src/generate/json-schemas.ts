import { contextOf, type EventDefinition, personRef, sealedText } from '@eaf/messaging/contract';
import { envelope, schemaUri } from '@eaf/messaging/envelope';
import { z } from 'zod';
import { policyCondition } from '../approval/policies.js';
import { mailKind } from '../notification/operations.js';
import { addressing, loginText } from '../provisioning/catalogue.js';
import { runState, runStep } from '../provisioning/runs.js';
import { requestedVm } from '../request/events.js';
import { requestState } from '../request/operations.js';
import { environment, named, quotaAmounts, role, sizeSpec } from '../vocabulary.js';

export type JsonSchema = { [key: string]: unknown };

/** Parts that stand in many messages, by the name under which a document writes them once. */
const shared = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries({
  Addressing: addressing,
  Environment: environment,
  LoginText: loginText,
  MailKind: mailKind,
  Named: named,
  PersonRef: personRef,
  PolicyCondition: policyCondition,
  QuotaAmounts: quotaAmounts,
  RequestState: requestState,
  RequestedVm: requestedVm,
  Role: role,
  RunState: runState,
  RunStep: runStep,
  SealedText: sealedText,
  SizeSpec: sizeSpec,
})) {
  shared.add(schema, { id });
}

/**
 * JSON Schema of a contract's schema, for readers who must bear fields that a later release adds. Parts of it that many
 * messages share stand under `$defs`.
 */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): JsonSchema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    io,
    metadata: shared,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { id: _, ...marks } = z.globalRegistry.get(zodSchema) ?? {};
      Object.assign(jsonSchema, marks);
      delete jsonSchema.id;
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.format) delete jsonSchema.pattern; // Says the same at length.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      const [value, orNull, ...more] = jsonSchema.anyOf ?? [];
      if (orNull?.type === 'null' && more.length === 0 && typeof value?.type === 'string' && !value.enum) {
        delete jsonSchema.anyOf;
        Object.assign(jsonSchema, value, { type: [value.type, 'null'] });
      }
    },
  }) as JsonSchema;
  return made;
}

/** What is the same in every event: the attributes of CloudEvents 1.0 in JSON structured mode, and ours. */
export const cloudEventSchema = schemaOf(envelope);

/** What makes an event this one. */
export function ownPartOf(prefix: string, { type, version, data }: EventDefinition): JsonSchema {
  return {
    type: { const: `${prefix}.${type}.v${version}` },
    source: { const: `/${prefix}/${contextOf(type)}` },
    dataschema: { const: schemaUri(prefix, type, version) },
    data: schemaOf(data),
  };
}

/** JSON Schema of a published event, whole: the attributes and the data. */
export function eventSchema(prefix: string, definition: EventDefinition): JsonSchema {
  const { data, ...own } = ownPartOf(prefix, definition);
  const { $defs, ...dataSchema } = data as JsonSchema;
  return {
    ...cloudEventSchema,
    properties: { ...(cloudEventSchema.properties as JsonSchema), ...own, data: dataSchema },
    ...($defs ? { $defs } : {}),
  };
}
