import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Element, local } from './soap-request.js';

const field = z.object({
  name: z.string(),
  type: z.string(),
  kind: z.enum(['simple', 'data', 'managed', 'any']),
  list: z.boolean().default(false),
  optional: z.boolean().default(false),
  subtypes: z.boolean().default(false),
});
type Field = z.infer<typeof field>;

const table = z
  .object({
    operations: z.record(z.string(), z.array(field)),
    types: z.record(z.string(), z.object({ bases: z.array(z.string()), fields: z.array(field) })),
    managed: z.record(z.string(), z.array(z.string())),
  })
  .parse(JSON.parse(readFileSync(new URL('./vim-types.json', import.meta.url), 'utf8')));

/** What a vCenter that reads by its schema would refuse in a request; empty if nothing. */
export function faultsOf(request: Element): string[] {
  const fields = table.operations[request.name];
  return fields ? sequenceFaults(request, fields, request.name) : [`${request.name} is no operation in vim-types.json`];
}

function sequenceFaults(element: Element, fields: Field[], path: string): string[] {
  const faults: string[] = [];
  let position = 0;
  for (const child of element.children) {
    const at = fields.findIndex((one) => one.name === child.name);
    const declared = fields[at];
    if (!declared) faults.push(`${path}: unknown element ${child.name}`);
    else if (at < position) faults.push(`${path}: ${child.name} stands after ${fields[position]?.name}`);
    else {
      position = at;
      faults.push(...fieldFaults(child, declared, `${path}.${child.name}`));
    }
  }
  for (const { name, list, optional } of fields) {
    const times = element.children.filter((child) => child.name === name).length;
    if (times === 0 && !optional) faults.push(`${path}: ${name} is missing`);
    if (times > 1 && !list) faults.push(`${path}: ${name} more than once`);
  }
  return faults;
}

function fieldFaults(element: Element, declared: Field, path: string): string[] {
  const xsiType = element.attributes.get('xsi:type');
  const referred = element.attributes.get('type');
  switch (declared.kind) {
    case 'managed':
      return isA(referred, declared.type, (name) => table.managed[name])
        ? []
        : [`${path}: ${referred} is no reference to a ${declared.type}`];
    case 'any':
      return xsiType ? [] : [`${path}: anyType without xsi:type`];
    case 'simple':
      return isSimple(element.text, declared.type) ? [] : [`${path}: ${element.text} is no ${declared.type}`];
    case 'data': {
      if (!xsiType && declared.subtypes) return [`${path}: polymorphic ${declared.type} without xsi:type`];
      const actual = xsiType ? local(xsiType) : declared.type;
      const known = table.types[actual];
      if (!known) return [`${path}: ${actual} is not in vim-types.json; add it to extract-vim-types.py`];
      if (!isA(actual, declared.type, (name) => table.types[name]?.bases))
        return [`${path}: ${actual} is no ${declared.type}`];
      return sequenceFaults(element, known.fields, path);
    }
  }
}

function isA(actual: string | undefined, declared: string, basesOf: (name: string) => string[] | undefined): boolean {
  return actual !== undefined && (actual === declared || (basesOf(actual) ?? []).includes(declared));
}

function isSimple(text: string, type: string): boolean {
  if (type === 'boolean') return text === 'true' || text === 'false';
  if (/^(int|long|short|byte)$/.test(type)) return /^-?\d+$/.test(text);
  return true;
}
