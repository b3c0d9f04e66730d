import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type CallOptions, call } from '../../api/call';
import { answerTo } from '../../api/query';
import type { Answered, Asked } from '../../api/route';
import { discardDraft, getDraft, keepDraft, type submitRequest } from '../../api/routes';
import { onSignedIn } from '../../api/signed-in';

export type Wish = Asked<typeof submitRequest>;
export type Draft = NonNullable<Answered<typeof getDraft>['draft']>;

/** How long nothing was typed before the server keeps it. */
const restMs = 2_000;

interface DraftListener {
  /** Told at once: whoever leaves the form and comes back is faster than the server's answer. */
  readonly onChange: (draft: Draft | null) => void;
  /** The server has what was noted last; undefined: it is to have nothing. */
  readonly onKept: (keptAt: string | undefined) => void;
}

/** Has the server keep what is typed. One call after the other, so that the last one asked for is the last one made. */
class DraftKeeper {
  #unkept: Wish | undefined;
  #underWay: Promise<unknown> = Promise.resolve();
  #calls = 0;
  #held = false;

  constructor(
    private readonly personId: string,
    private readonly listener: DraftListener,
  ) {}

  note(wish: Wish): void {
    this.#unkept = wish;
  }

  /** Keeps what was noted last. Offline or signed out, the next try takes it along. */
  readonly keep = (): void => {
    const wish = this.#unkept;
    if (!wish || this.#held) return;
    this.#unkept = undefined;
    const draft = {
      ...wish,
      environment: wish.environment ?? 'test',
      leaseDays: wish.leaseDays ?? null,
      justification: wish.justification || null,
      sshPublicKey: wish.sshPublicKey || null,
    };
    this.listener.onChange({ ...draft, keptAt: new Date().toISOString() });
    this.#next(
      async (options) => (await call(keepDraft, { ...draft, personId: this.personId }, options)).keptAt,
      () => {
        this.#unkept ??= wish;
      },
    );
  };

  discard(): void {
    this.#unkept = undefined;
    this.listener.onChange(null);
    this.listener.onKept(undefined);
    this.#next(async (options) => {
      await call(discardDraft, {}, options);
      return undefined;
    });
  }

  /** Nothing is kept behind what is being sent. */
  hold(): void {
    this.#held = true;
  }

  /** It was refused: what stands in the form is a draft still. */
  goOn(): void {
    this.#held = false;
    this.keep();
  }

  #next(act: (options: CallOptions) => Promise<string | undefined>, onFault: () => void = () => {}): void {
    const turn = ++this.#calls;
    this.#underWay = this.#underWay
      .then(() => act({ idempotencyKey: crypto.randomUUID(), keepalive: true }))
      .then((keptAt) => turn === this.#calls && this.listener.onKept(keptAt), onFault);
  }
}

/**
 * Keeps a form as the person's draft: once it has rested, and when it is left.
 * @returns when the server has last kept it since it was opened
 */
export function useDraft(personId: string, wish: Wish, touched: boolean) {
  const client = useQueryClient();
  const [keptAt, onKept] = useState<string>();
  const [keeper] = useState(() => {
    const { queryKey } = answerTo(getDraft, {});
    return new DraftKeeper(personId, { onChange: (draft) => client.setQueryData(queryKey, { draft }), onKept });
  });
  useEffect(() => {
    if (!touched) return;
    keeper.note(wish);
    const timer = setTimeout(keeper.keep, restMs);
    return () => clearTimeout(timer);
  }, [keeper, wish, touched]);
  useEffect(() => {
    addEventListener('pagehide', keeper.keep);
    const deafen = onSignedIn(keeper.keep);
    return () => {
      removeEventListener('pagehide', keeper.keep);
      deafen();
      keeper.keep();
    };
  }, [keeper]);
  return { keptAt, keeper };
}
