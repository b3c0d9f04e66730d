import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CookieJar, signInByScript } from '@eaf/testing';

const patienceMs = 90_000;

/** The gateway's refusal, as a person would read it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    readonly problem: { code?: string; title?: string; detail?: string; correlationId?: string },
    what: string,
  ) {
    super(
      `${what}: ${status} ${problem.code ?? ''} ${problem.title ?? ''} ${problem.detail ?? ''} (${problem.correlationId ?? 'no id'})`,
    );
  }
}

/** A signed-in person who uses the gateway's API as a browser does: with a session cookie and the CSRF header. */
export class Session {
  private constructor(
    private readonly gateway: string,
    private readonly cookies: CookieJar,
    private readonly playsAt?: Date,
  ) {}

  /**
   * @param via where the sign-in begins: the login, or a one-time set-up link. Default: the login
   * @param at  when the sign-in plays, as in {@link at}. Default: now
   */
  static async open(
    gateway: string,
    login: { user: string; password: string },
    { via = '/auth/login', at }: { via?: string; at?: Date } = {},
  ): Promise<Session> {
    const { cookies } = await signInByScript({
      startUrl: `${gateway}${via}`,
      username: login.user,
      password: login.password,
      headers: playing(at),
    });
    return new Session(gateway, cookies);
  }

  /** The same person, whose changes play at that time: the local set-up's gateway alone lets them. */
  at(time: Date): Session {
    return new Session(this.gateway, this.cookies, time);
  }

  async get<T>(path: string): Promise<T> {
    return this.#send('GET', path);
  }

  /** Opens an event stream; read until something is seen in it, then close it. */
  async open(
    path: string,
  ): Promise<{ until(seen: (text: string) => boolean): Promise<string>; close(): Promise<void> }> {
    const url = `${this.gateway}/api/v1${path}`;
    const response = await fetch(url, { headers: { cookie: this.cookies.header(url), accept: 'text/event-stream' } });
    if (!response.ok || !response.body) throw new Refused(response.status, {}, `GET ${path}`);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    return {
      async until(seen) {
        while (!seen(text)) {
          const { value, done } = await reader.read();
          if (done) throw new Error('The stream ended before that was seen.');
          text += value;
        }
        return text;
      },
      close: () => reader.cancel(),
    };
  }

  async post<T>(path: string, body: unknown, idempotencyKey: string = randomUUID()): Promise<T> {
    return this.#send('POST', path, body, idempotencyKey);
  }

  async put<T>(path: string, body: unknown, idempotencyKey?: string): Promise<T> {
    return this.#send('PUT', path, body, idempotencyKey);
  }

  async delete<T>(path: string, body: unknown): Promise<T> {
    return this.#send('DELETE', path, body);
  }

  /** Asks again while something is away or there were too many calls, as the problem says one may: the same key makes a repeat harmless. */
  async #send<T>(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<T> {
    for (const end = Date.now() + patienceMs; ; await pause(500)) {
      try {
        return await this.#sendOnce<T>(method, path, body, idempotencyKey);
      } catch (error) {
        const away =
          error instanceof Refused ? [429, 502, 503, 504].includes(error.status) : error instanceof TypeError;
        if (!away || Date.now() > end) throw error;
      }
    }
  }

  async #sendOnce<T>(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<T> {
    const url = `${this.gateway}/api/v1${path}`;
    const response = await fetch(url, {
      method,
      headers: {
        cookie: this.cookies.header(url),
        'x-requested-with': 'dvmm',
        'accept-language': 'en',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
        ...playing(this.playsAt),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Refused(response.status, answer as Refused['problem'], `${method} ${path}`);
    return answer;
  }
}

/** Whole seconds, rounded so that nothing plays before its time; at least one, as nothing plays ahead. */
function playing(at: Date | undefined): Record<string, string> {
  if (!at) return {};
  return { 'x-backdated-seconds': String(Math.max(1, Math.floor((Date.now() - at.getTime()) / 1_000))) };
}
