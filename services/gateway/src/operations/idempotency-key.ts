import { randomUUID } from 'node:crypto';
import { Problem } from '../problems/problem.js';
import type { PublicOperation } from './public-operations.js';

const form = /^[\x21-\x7e]{8,200}$/;

/**
 * The key under which a change happens once. A POST makes something new each time, so its sender must name it; PUT and
 * DELETE say what shall be, so a repeat is harmless and a key is made where none came.
 * @throws Problem `key-missing`
 */
export function idempotencyKeyOf(operation: PublicOperation, header: string | undefined): string | undefined {
  if (!operation.writes) return undefined;
  if (header !== undefined && form.test(header)) return header;
  if (header === undefined && operation.http.method !== 'post') return randomUUID();
  throw new Problem('key-missing');
}
