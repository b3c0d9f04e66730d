import type { JsonSchema } from './json-schemas.js';

/** Values for fields whose form a pattern alone decides. */
const byName: Readonly<Record<string, unknown>> = {
  name: 'web-shop-01',
  slug: 'nordwind',
  key: 'M',
  size: 'M',
  currency: 'EUR',
  sshPublicKey: null,
  fromName: 'DVMM',
  host: 'vcenter.example.com',
  colour: '#006699',
  timeZone: 'Europe/Berlin',
};
const byFormat: Readonly<Record<string, string>> = {
  uuid: '0f7f6b5e-3f5c-4a56-9d0e-4a1f0b7c2d11',
  'date-time': '2026-11-24T12:00:00.000Z',
  email: 'erika@example.com',
  ipv4: '10.20.30.40',
};

/** A value that fits the schema, made from the schema. */
export function exampleOf(schema: JsonSchema, named: Readonly<Record<string, JsonSchema>>, field = ''): unknown {
  const inner = (part: unknown, name = field) => exampleOf(part as JsonSchema, named, name);
  if (typeof schema.$ref === 'string') return inner(named[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if ('default' in schema) return schema.default;
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const choices = (schema.anyOf ?? schema.oneOf) as unknown[] | undefined;
  if (choices) return field in byName && byName[field] === null ? null : inner(choices[0]);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema.properties as JsonSchema | undefined) ?? {}).map(([name, part]) => [
          name,
          inner(part, name),
        ]),
      );
    case 'array':
      return [inner(schema.items ?? {})];
    case 'string':
      return (
        byFormat[String(schema.format)] ?? byName[field] ?? (field || 'text').padEnd(Number(schema.minLength ?? 0), '.')
      );
    case 'integer':
    case 'number':
      return Math.max(Number(schema.minimum ?? 1), 1);
    case 'boolean':
      return false;
    default:
      return null;
  }
}
