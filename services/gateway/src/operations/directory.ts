import { resolvePeople } from '@dvmm/contracts';
import type { Calls } from '@eaf/messaging';
import { isRefusal } from '@eaf/messaging/contract';
import { ShortMemory } from '../short-memory.js';

const inOneQuestion = 1_000;

/** Names behind ids, and texts opened. Null: erased, or never there. */
export interface Resolved {
  readonly names: ReadonlyMap<string, string | null>;
  readonly texts: ReadonlyMap<string, string | null>;
}

/** Asks tenant for people and their words, everything of a reply at once. Names are kept for 30 seconds, texts never. */
export class Directory {
  readonly #names: ShortMemory<string | null>;

  constructor(
    private readonly calls: Pick<Calls, 'askAsService'>,
    now?: () => number,
  ) {
    this.#names = new ShortMemory(30_000, 20_000, now);
  }

  async resolve(
    ids: ReadonlySet<string>,
    sealed: ReadonlySet<string>,
    about: { tenant: string; correlationId: string },
  ): Promise<Resolved> {
    const names = new Map<string, string | null>();
    const unknown: string[] = [];
    for (const id of ids) {
      const known = this.#names.peek(`${about.tenant}/${id}`);
      if (known) names.set(id, await known);
      else unknown.push(id);
    }
    const texts = new Map<string, string | null>();
    const toOpen = [...sealed];
    for (let from = 0; from < Math.max(unknown.length, toOpen.length); from += inOneQuestion) {
      const asked = {
        ids: unknown.slice(from, from + inOneQuestion),
        sealed: toOpen.slice(from, from + inOneQuestion),
      };
      const answer = await this.calls.askAsService(resolvePeople, asked, about);
      if (isRefusal(answer)) throw new Error('tenant.resolve-people lists no refusal.');
      const found = new Map(answer.people.map(({ id, name }) => [id, name]));
      for (const id of asked.ids) {
        const name = found.get(id) ?? null;
        names.set(id, name);
        this.#names.put(`${about.tenant}/${id}`, Promise.resolve(name));
      }
      for (const [index, text] of asked.sealed.entries()) texts.set(text, answer.texts[index] ?? null);
    }
    return { names, texts };
  }
}
