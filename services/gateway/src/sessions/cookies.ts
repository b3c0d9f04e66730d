import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { GatewayEnv } from '../gateway-env.js';

/** The gateway's cookies. Over https their names begin with `__Host-`, so that no other host or path can set them. */
export class Cookies {
  constructor(private readonly secure: boolean) {}

  session(c: Context<GatewayEnv>): string | undefined {
    return getCookie(c, this.#name('session'));
  }

  setSession(c: Context<GatewayEnv>, value: string): void {
    this.#set(c, 'session', value);
  }

  clearSession(c: Context<GatewayEnv>): void {
    this.#clear(c, 'session');
  }

  signIn(c: Context<GatewayEnv>): string | undefined {
    return getCookie(c, this.#name('signin'));
  }

  setSignIn(c: Context<GatewayEnv>, value: string, maxAgeSeconds: number): void {
    this.#set(c, 'signin', value, maxAgeSeconds);
  }

  clearSignIn(c: Context<GatewayEnv>): void {
    this.#clear(c, 'signin');
  }

  #set(c: Context<GatewayEnv>, name: string, value: string, maxAge?: number): void {
    setCookie(c, this.#name(name), value, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: this.secure,
      ...(maxAge === undefined ? {} : { maxAge }),
    });
  }

  #clear(c: Context<GatewayEnv>, name: string): void {
    deleteCookie(c, this.#name(name), { path: '/', httpOnly: true, sameSite: 'Lax', secure: this.secure });
  }

  #name(name: string): string {
    return this.secure ? `__Host-${name}` : name;
  }
}
