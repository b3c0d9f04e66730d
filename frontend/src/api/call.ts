import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { withVisibleControls } from '../words/direction-controls';
import { timeZone } from '../words/time-zone';
import { Problem } from './problem';
import type { Answered, Asked, Route } from './route';

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The same for every try of one wish, so that it is carried out once. */
  readonly idempotencyKey?: string;
  /** Goes on when the page is left; the browser allows 64 KiB of such. */
  readonly keepalive?: boolean;
  /** The page asks by itself, see `by-itself.ts`. */
  readonly byItself?: boolean;
}

/**
 * Asks the gateway for an operation.
 * @throws Problem with the gateway's words, or with code `offline` when it did not answer
 */
export async function call<R extends Route>(
  route: R,
  input: Asked<R>,
  options: CallOptions = {},
): Promise<Answered<R>> {
  const { url, rest } = placed(route, input as Record<string, unknown>);
  const reads = route.method === 'get';
  const response = await fetch(reads ? `${url}${queryOf(rest)}` : url, {
    method: route.method.toUpperCase(),
    signal: options.signal ?? null,
    keepalive: options.keepalive ?? false,
    headers: {
      accept: 'application/json',
      'accept-language': i18n.locale,
      'x-time-zone': timeZone(), // A refusal tells times as the page around it does.
      ...(reads ? {} : { 'content-type': 'application/json', 'x-requested-with': 'dvmm' }),
      ...(options.byItself ? { 'x-dvmm-background': '1' } : {}),
      ...(options.idempotencyKey ? { 'idempotency-key': options.idempotencyKey } : {}),
    },
    body: reads ? null : JSON.stringify(rest),
  }).catch((error: unknown) => {
    throw (error as Error).name === 'AbortError' ? error : offline();
  });
  if (!response.ok) throw await problemOf(response);
  return parsed<Answered<R>>(await response.text());
}

/** The path filled from the input, and what is left for query or body. */
function placed(route: Route, input: Record<string, unknown>): { url: string; rest: Record<string, unknown> } {
  const rest = { ...input };
  const url = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return encodeURIComponent(value);
  });
  return { url, rest };
}

/** Everything that people wrote comes in here, so nothing that turns a line around gets past. */
function parsed<T>(text: string): T {
  return JSON.parse(withVisibleControls(text)) as T;
}

function queryOf(rest: Record<string, unknown>): string {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length > 0 ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : '';
}

async function problemOf(response: Response): Promise<Problem> {
  const document = await response
    .text()
    .then(parsed<Partial<Problem> & { correlationId?: string }>)
    .catch(() => ({}) as Partial<Problem> & { correlationId?: string });
  return new Problem(
    response.status,
    document.code ?? 'server-failed',
    document.title ?? i18n._(msg`That did not work`),
    document.detail ?? i18n._(msg`The fault is ours. Your entries are still here, nothing is made twice. Try again.`),
    document.errors ?? [],
    document.about ?? {},
    document.correlationId ?? null,
  );
}

/** A part of the portal itself that did not come: the gateway is away, or has a newer portal since. */
export function notLoaded(cause: unknown): Problem {
  return Object.assign(
    unanswered(
      i18n._(msg`This page could not be loaded`),
      i18n._(msg`DVMM does not answer, or was renewed meanwhile. Try again in a moment.`),
    ),
    { cause },
  );
}

function offline(): Problem {
  return unanswered(
    i18n._(msg`DVMM does not answer`),
    i18n._(msg`Your entries are still here. Check your connection; what can be asked again is asked again by itself.`),
  );
}

/** Nothing came back that could say more. */
function unanswered(title: string, detail: string): Problem {
  return new Problem(0, 'offline', title, detail, [], {}, null);
}
