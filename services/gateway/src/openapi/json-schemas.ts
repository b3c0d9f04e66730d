import { z } from 'zod';

export type JsonSchema = { [key: string]: unknown };

/** JSON Schemas of zod schemas, in the dialect that OpenAPI 3.1 has; parts with a name of their own are collected. */
export class JsonSchemas {
  readonly named: Record<string, JsonSchema> = {};

  /** @param io `input` is what a caller sends, `output` what stands there once defaults are filled in */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema: _, $defs, ...made } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;
    for (const [name, part] of Object.entries(($defs as Record<string, JsonSchema> | undefined) ?? {})) {
      this.named[name] = pointToComponents(part) as JsonSchema;
    }
    return pointToComponents(made) as JsonSchema;
  }
}

function pointToComponents(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(pointToComponents);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? value.replace('#/$defs/', '#/components/schemas/')
        : pointToComponents(value),
    ]),
  );
}
