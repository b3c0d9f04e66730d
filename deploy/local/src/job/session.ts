import { randomUUID } from 'node:crypto';
import { CookieJar, signInByScript } from '@eaf/testing';

/** The gateway's refusal, as a person would read it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    readonly problem: { code?: string; title?: string; detail?: string; correlationId?: string },
    what: string,
  ) {
    super(`${what}: ${status} ${problem.code ?? ''} ${problem.title ?? ''} ${problem.detail ?? ''} (${problem.correlationId ?? 'no id'})`);
  }
}

/** A signed-in person who uses the gateway's API as a browser does: with a session cookie and the CSRF header. */
export class Session {
  private constructor(
    private readonly gateway: string,
    private readonly cookies: CookieJar,
  ) {}

  /** @param via where the sign-in begins: the login, or a one-time set-up link */
  static async open(gateway: string, login: { user: string; password: string }, via = '/auth/login'): Promise<Session> {
    const { cookies } = await signInByScript({ startUrl: `${gateway}${via}`, username: login.user, password: login.password });
    return new Session(gateway, cookies);
  }

  async get<T>(path: string): Promise<T> {
    return this.#send('GET', path);
  }

  async post<T>(path: string, body: unknown, idempotencyKey: string = randomUUID()): Promise<T> {
    return this.#send('POST', path, body, idempotencyKey);
  }

  async put<T>(path: string, body: unknown): Promise<T> {
    return this.#send('PUT', path, body);
  }

  async delete<T>(path: string, body: unknown): Promise<T> {
    return this.#send('DELETE', path, body);
  }

  async #send<T>(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<T> {
    const url = `${this.gateway}/api/v1${path}`;
    const response = await fetch(url, {
      method,
      headers: {
        cookie: this.cookies.header(url),
        'x-requested-with': 'dvmm',
        'accept-language': 'en',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Refused(response.status, answer as Refused['problem'], `${method} ${path}`);
    return answer;
  }
}
