import { z } from 'zod';

/**
 * Replaces, in a copy of `value`, what stands at the places where `schema` is marked. Follows objects, arrays, unions
 * and optional parts; a union is followed along the first member that accepts the value.
 */
export function replaceMarked(
  schema: z.ZodType,
  value: unknown,
  isMarked: (schema: z.ZodType) => boolean,
  replace: (value: unknown) => unknown,
): unknown {
  if (value === undefined || value === null) return value;
  if (isMarked(schema)) return replace(value);
  const inside = (inner: unknown, part: unknown) => replaceMarked(inner as z.ZodType, part, isMarked, replace);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
  ) {
    return inside(schema.unwrap(), value);
  }
  if (schema instanceof z.ZodPipe) return inside(schema.in, value);
  if (schema instanceof z.ZodArray && Array.isArray(value)) return value.map((item) => inside(schema.element, item));
  if (schema instanceof z.ZodObject && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => {
        const field = (schema.shape as Record<string, z.ZodType | undefined>)[key];
        return [key, field ? inside(field, part) : part];
      }),
    );
  }
  if (schema instanceof z.ZodUnion) {
    const member = (schema.options as z.ZodType[]).find((option) => option.safeParse(value).success);
    return member ? inside(member, value) : value;
  }
  return value;
}
