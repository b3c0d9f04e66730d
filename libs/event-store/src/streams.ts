import { isRefusal, type Recorded, type Refusal } from '@eaf/messaging/contract';
import type { SqlStatement } from '@eaf/tenancy';
import type { Kysely } from 'kysely';
import type { Append, EventStore, NewFact } from './event-store.js';
import { HandledBefore, VersionConflict } from './faults.js';
import { type Origin, originOf, type Reaction } from './origin.js';
import type { EventStoreTables } from './tables.js';

/** How one kind of aggregate is rebuilt from its events, and which rows of this service's read models they change. */
export interface Aggregate<State, Fact extends NewFact, DB> {
  /** First part of the stream's name. */
  readonly category: string;
  readonly initial: State;
  readonly evolve: (state: State, event: Recorded<Fact>) => State;
  /** Rows that follow from an event; written in the transaction that appends it. Needs nothing but the event. */
  readonly project?: (event: Recorded<Fact>, sql: Kysely<DB>) => readonly SqlStatement[];
}

/** An aggregate as it was when loaded. */
export interface Loaded<State> {
  readonly id: string;
  readonly state: State;
  /** Version of the last event; 0 = there is none yet. */
  readonly version: number;
  readonly now: Date;
  readonly replay: { readonly reply: unknown } | undefined;
}

export interface Consequences<State, Reply> {
  /** What the caller hears; stored with the events, so that a repeated command hears it again. */
  readonly reply?: (state: State, version: number) => Reply;
  /** Further rows that must stand or fall with the events: timers, records such as a directory entry. */
  readonly also?: (state: State, now: Date) => readonly SqlStatement[];
  /** When it happened, where a reaction follows from another's fact and may have heard of it late. Default: now. */
  readonly at?: Date;
}

const tries = 3;

/** Loads, decides and stores one kind of aggregate. A service derives one class a kind, so that NestJS can inject it. */
export abstract class Streams<State, Fact extends NewFact, DB extends EventStoreTables> {
  constructor(
    readonly store: EventStore<DB>,
    readonly aggregate: Aggregate<State, Fact, DB>,
  ) {}

  streamOf(id: string): string {
    return `${this.aggregate.category}:${id}`;
  }

  async load(origin: Origin, id: string): Promise<Loaded<State>> {
    const { events, now, replay } = await this.store.load(origin, this.streamOf(id));
    const state = (events as Recorded<Fact>[]).reduce(this.aggregate.evolve, this.aggregate.initial);
    return { id, state, version: events.length, now, replay };
  }

  /** The history of one aggregate, for timelines. */
  async history(tenant: string, id: string): Promise<Recorded<Fact>[]> {
    const { events } = await this.store.load({ tenant }, this.streamOf(id));
    return events as Recorded<Fact>[];
  }

  /**
   * A command: load, decide, store; again from the start when somebody else was faster, at most 3 times.
   * @throws VersionConflict after the last try; nothing was stored
   */
  async decide<Decided extends readonly Fact[] | Refusal, Reply = undefined>(
    origin: Origin,
    id: string,
    command: (loaded: Loaded<State>) => Decided,
    consequences: Consequences<State, Reply> = {},
  ): Promise<Reply | Extract<Decided, Refusal>> {
    return retryOnConflict(async () => {
      const loaded = await this.load(origin, id);
      if (loaded.replay) return loaded.replay.reply as Reply;
      const decision = command(loaded);
      if (isRefusal(decision)) return decision;
      return this.commit(origin, loaded, decision as readonly Fact[], consequences);
    });
  }

  /** Stores facts decided on `loaded`; for commands that ask another service between loading and storing. */
  async commit<Reply = undefined>(
    origin: Origin,
    loaded: Loaded<State>,
    facts: readonly Fact[],
    consequences: Consequences<State, Reply> = {},
    reaction?: Reaction,
  ): Promise<Reply> {
    const append = this.record(origin, { ...loaded, now: consequences.at ?? loaded.now }, facts);
    const events = append.recorded as readonly Recorded<Fact>[];
    const future = events.reduce(this.aggregate.evolve, loaded.state);
    const reply = consequences.reply?.(future, loaded.version + facts.length);
    await this.store.commit(origin, [append], {
      reply,
      reaction,
      statements: [...this.rows(events), ...(consequences.also?.(future, loaded.now) ?? [])],
    });
    return reply as Reply;
  }

  /** Facts with their place in history, not stored yet; for the rare change that spans two streams of one service. */
  record(origin: Origin, loaded: Loaded<State>, facts: readonly Fact[]): Append {
    return this.store.record(origin, this.streamOf(loaded.id), loaded.version, loaded.now, facts);
  }

  /** Rows of the read models that follow from events. */
  rows(events: readonly Recorded[]): SqlStatement[] {
    return (events as readonly Recorded<Fact>[]).flatMap(
      (event) => this.aggregate.project?.(event, this.store.database.sql) ?? [],
    );
  }

  /** A reaction to an event: the decision and the consumer's position are stored together. Handled before = nothing happens. */
  async react(
    reaction: Reaction,
    id: string,
    command: (loaded: Loaded<State>) => readonly Fact[],
    consequences: Consequences<State, unknown> = {},
  ): Promise<void> {
    const origin = originOf(reaction, this.store.service);
    await retryOnConflict(async () => {
      const loaded = await this.load(origin, id);
      await this.commit(origin, loaded, command(loaded), consequences, reaction);
    }).catch(ignoreHandledBefore);
  }
}

/** Keeps a copy of another context's fact, or does nothing but note that the event was heard. */
export async function keepCopy<DB extends EventStoreTables>(
  store: EventStore<DB>,
  reaction: Reaction,
  statements: readonly SqlStatement[],
): Promise<void> {
  await store.commit(originOf(reaction, store.service), [], { reaction, statements }).catch(ignoreHandledBefore);
}

function ignoreHandledBefore(error: unknown): void {
  if (!(error instanceof HandledBefore)) throw error;
}

/**
 * Starts again from the loading when somebody else was faster, at most 3 times; for changes that span streams.
 * @throws VersionConflict after the last try
 */
export async function retryOnConflict<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof VersionConflict) || left === 0) throw error;
    }
  }
}
