import type { Operation } from '@eaf/messaging/contract';
import type { z } from 'zod';

/** Where an operation is reached. What goes in and comes out is the contract's, by type alone: no schema is loaded. */
export interface Route<O extends Operation = Operation> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  /** Never set; carries the contract's types. */
  readonly contract?: O;
}

export type Asked<R extends Route> = R extends Route<infer O> ? z.input<O['input']> : never;
export type Answered<R extends Route> = R extends Route<infer O> ? z.output<O['output']> : never;
/** An entry of an answer that is a list. */
export type Entry<R extends Route> = Answered<R> extends { items: readonly (infer Item)[] } ? Item : never;
