import type { InputError } from '../problems/problem.js';

const maxDepth = 32;

/**
 * The first thing that no database of ours can hold: a NUL, half a character, or nesting without end. It is refused at
 * the door, before a schema walks into it.
 */
export function unstorable(value: unknown, pointer = '', depth = 0): InputError | undefined {
  if (depth > maxDepth) return { pointer, detail: 'nested too deep' };
  if (typeof value === 'string') {
    return value.includes('\0') || !value.isWellFormed() ? { pointer, detail: 'no text that can be kept' } : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = unstorable(name)
      ? { pointer, detail: 'no name that can be kept' }
      : unstorable(inner, `${pointer}/${name}`, depth + 1);
    if (found) return found;
  }
  return undefined;
}
