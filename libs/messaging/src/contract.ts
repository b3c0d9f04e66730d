import { z } from 'zod';

/**
 * What a service can be asked to do, declared once. From it come the types at both ends, the validation, the NATS
 * subject and permissions, the HTTP route, OpenAPI and the probes. Made by {@link operation}.
 */
export interface Operation<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  Refusals extends Record<string, z.ZodType> = Record<string, z.ZodType>,
> {
  /** `<context>.<verb>`; the part before the first dot names the service that answers. */
  readonly name: string;
  readonly summary: string;
  /** Services that may ask. NATS permissions and the verification of the caller's token both come from here. */
  readonly callers: readonly string[];
  /** Roles of the person asking; `anyone` = every person of the tenant, `services` = only a service in its own name. */
  readonly allow: readonly string[];
  readonly input: In;
  readonly output: Out;
  /** Refusals a person may meet, by stable code, with the shape of their detail. */
  readonly refusals: Refusals;
  /** Changes something: takes an idempotency key, counts as a write. */
  readonly writes: boolean;
  readonly http?: HttpRoute;
}

export interface HttpRoute {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Path below the server's root; `{name}` is filled from the input's field of that name. */
  readonly path: string;
  /** Status of the answer when granted. Default 200. */
  readonly status?: 200 | 201 | 202;
}

export type AnyOperation = Operation;
export type Input<O extends AnyOperation> = z.output<O['input']>;
export type Output<O extends AnyOperation> = z.output<O['output']>;
export type RefusalOf<O extends AnyOperation> = {
  [Code in keyof O['refusals'] & string]: Refusal<Code, z.output<O['refusals'][Code]>>;
}[keyof O['refusals'] & string];
/** What an operation answers: its output, or one of the refusals it lists. */
export type Reply<O extends AnyOperation> = Output<O> | RefusalOf<O>;

export interface Refusal<Code extends string = string, Detail = unknown> {
  readonly refused: Code;
  readonly detail: Detail;
}

/** A refusal as a value. `detail` must have the shape the contract lists under `code`. */
export function refuse<const Code extends string>(code: Code): Refusal<Code, Record<string, never>>;
export function refuse<const Code extends string, Detail>(code: Code, detail: Detail): Refusal<Code, Detail>;
export function refuse(code: string, detail: unknown = {}): Refusal {
  return { refused: code, detail };
}

export function isRefusal<T>(reply: T): reply is Extract<T, Refusal> {
  return typeof reply === 'object' && reply !== null && 'refused' in reply;
}

export function operation<
  In extends z.ZodType,
  Out extends z.ZodType,
  const Refusals extends Record<string, z.ZodType> = Record<never, z.ZodType>,
>(declared: {
  name: string;
  summary: string;
  callers: readonly string[];
  allow: readonly string[];
  input: In;
  output: Out;
  refusals?: Refusals;
  writes?: boolean;
  http?: HttpRoute;
}): Operation<In, Out, Refusals> {
  return {
    ...declared,
    refusals: declared.refusals ?? ({} as Refusals),
    writes: declared.writes ?? false,
  };
}

/** A fact that a context publishes, declared once. Made by {@link event}. */
export interface EventDefinition<Type extends string = string, Data extends z.ZodType = z.ZodType> {
  /** `<context>.<what happened>`, past tense. */
  readonly type: Type;
  readonly version: number;
  readonly summary: string;
  /**
   * Services that react or keep a copy; each has one durable consumer on the whole context's stream, and does not start
   * without a handler for each event that lists it.
   */
  readonly heardBy: readonly string[];
  readonly data: Data;
}

export function event<const Type extends string, Data extends z.ZodType>(declared: {
  type: Type;
  version?: number;
  summary: string;
  heardBy: readonly string[];
  data: Data;
}): EventDefinition<Type, Data> {
  return { ...declared, version: declared.version ?? 1 };
}

/** Type and data of an event, as deciders make them and projections read them. */
export type FactOf<D extends EventDefinition> =
  D extends EventDefinition<infer Type, infer Data> ? { readonly type: Type; readonly data: z.output<Data> } : never;

/** An event with its place in history. Of a union of facts it is a union too: its type tells what its data is. */
export type Recorded<Fact extends { type: string; data: unknown } = { type: string; data: unknown }> = Place &
  (Fact extends unknown ? { readonly type: Fact['type']; readonly data: Fact['data'] } : never);

interface Place {
  readonly id: string;
  readonly typeVersion: number;
  readonly tenant: string;
  /** `<category>:<id>`; versions within a stream run 1, 2, 3 … */
  readonly stream: string;
  readonly version: number;
  /** Principal id, or `system:<service>`. */
  readonly actorId: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly traceparent: string | null;
  /** When the decider says it happened. */
  readonly time: Date;
  /** When PostgreSQL stored it; never settable. */
  readonly recordedAt: Date;
  /** How far back its story plays; what follows from it plays at the same distance. Absent: now. */
  readonly backdatedSeconds?: number | undefined;
}
export type Heard<D extends EventDefinition> = Recorded<FactOf<D>>;

/** The context an operation or event belongs to: the first part of its name. */
export function contextOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}

/** All that a product declares. `prefix` starts every subject and event type. */
export interface Contracts {
  readonly prefix: string;
  readonly operations: readonly AnyOperation[];
  readonly events: readonly EventDefinition[];
  /** Services that keep every event of every context, such as the one with the audit trail. */
  readonly hearsAll: readonly { readonly service: string; readonly purpose: string }[];
}

/** A person, by id. Services answer the id; the edge that talks to people adds the name. */
export const personRef = z
  .object({ id: z.string(), name: z.string().optional() })
  .meta({ id: 'PersonRef', description: 'A person; `name` is absent once the person has been erased.' });
export type PersonRef = z.output<typeof personRef>;

const personalMark = 'x-personal';

/**
 * Text that a person wrote. It is sealed under that person's key before a handler sees it, travels sealed in events
 * and replies, and is opened only at the edge. `max` counts characters as typed.
 */
export function personal(max: number) {
  return z
    .string()
    .trim()
    .max(max)
    .meta({ [personalMark]: true });
}

export function isPersonal(schema: z.ZodType): boolean {
  return schema.meta()?.[personalMark] === true;
}

const sealedMark = 'x-sealed';

/** A {@link personal} text as it stands in events and replies: `sealed:<person id>:<ciphertext>`. Opened at the edge. */
export const sealedText = z.string().meta({ [sealedMark]: true });

export function isSealed(schema: z.ZodType): boolean {
  return schema.meta()?.[sealedMark] === true;
}

export function isPersonRef(schema: z.ZodType): boolean {
  return schema.meta()?.id === 'PersonRef';
}

/** An event being handled by one consumer. Handling it moves that consumer's position in the same transaction. */
export interface Reaction<Event extends Recorded = Recorded> {
  readonly consumer: string;
  readonly event: Event;
}

export const faultCodes = [
  'invalid-input',
  'not-allowed',
  'key-reused',
  'conflict',
  'outcome-unknown',
  'internal',
] as const;

/**
 * Why an operation was not carried out, other than a refusal its contract lists. Nothing was changed, but for
 * `outcome-unknown`: a service that was asked in turn did not answer, and asking again with the same key tells.
 */
export class OperationFault extends Error {
  override readonly name: string = 'OperationFault';
  constructor(
    readonly code: (typeof faultCodes)[number],
    message: string,
    /** For `invalid-input`: what is wrong where, as JSON pointers. */
    readonly issues: readonly { readonly pointer: string; readonly message: string }[] = [],
  ) {
    super(message);
  }
}

/** An earlier event of the same stream has not been handled yet; the transport delivers this one again shortly. */
export class OutOfOrder extends Error {
  override readonly name = 'OutOfOrder';
}

/** Why an event could not be handled, as the operator reads it. */
export function reasonOf(error: unknown): string {
  const { name, message } = error as Error;
  return `${name}: ${message}`.slice(0, 2_000);
}
