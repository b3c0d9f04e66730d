import type { Language } from '@dvmm/contracts';
import { issuesOf } from '@eaf/messaging';
import type { Context } from 'hono';
import { z } from 'zod';
import type { GatewayEnv } from '../gateway-env.js';
import { Problem } from '../problems/problem.js';
import { germanOf } from './german-input-messages.js';
import { type PublicOperation, pathParameters } from './public-operations.js';

/**
 * Path, query and body as one input. The path wins: nobody means another thing than the one addressed. What was sent is
 * handed on as it came, because the service reads it by the same schema.
 * @throws Problem `not-json`, or `invalid-input` with a pointer and a sentence for each fault
 */
export async function inputOf(c: Context<GatewayEnv>, operation: PublicOperation): Promise<unknown> {
  const path = pathParameters(operation.http.path).map((name) => [name, c.req.param(name)]);
  const body = operation.http.method === 'get' ? {} : await jsonBody(c);
  const input = { ...c.req.query(), ...body, ...Object.fromEntries(path) };
  const language = c.get('language');
  const parsed = operation.input.safeParse(input, language === 'de' ? { error: germanError } : undefined);
  if (parsed.success) return input;
  const errors = issuesOf(parsed.error).map(({ pointer, message }) => ({
    pointer,
    detail: inLanguage(message, language),
  }));
  throw new Problem('invalid-input', { errors });
}

const germanError = z.locales.de().localeError;

function inLanguage(message: string, language: Language): string {
  return language === 'de' ? germanOf(message) : message;
}

async function jsonBody(c: Context<GatewayEnv>): Promise<object> {
  const text = await c.req.text();
  if (text === '') return {};
  if (!/^application\/([\w.+-]+\+)?json\b/i.test(c.req.header('content-type') ?? '')) throw new Problem('not-json');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new Problem('not-json', { cause });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Problem('not-json');
  return body;
}
