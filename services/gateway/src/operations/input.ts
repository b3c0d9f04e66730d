import { issuesOf } from '@eaf/messaging';
import type { Context } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';
import { Problem } from '../problems/problem.js';
import { germanOf, inputWords } from './input-words.js';
import { type PublicOperation, pathParameters } from './public-operations.js';
import { unstorable } from './storable.js';

/**
 * Path, query and body as one input. The path wins: nobody means another thing than the one addressed. What was sent is
 * handed on as it came, because the service reads it by the same schema.
 * @throws Problem `not-json`, `not-found` for an id in the path that is none, or `invalid-input` with a pointer and a sentence for each fault
 */
export async function inputOf(c: Context<GatewayEnv>, operation: PublicOperation): Promise<unknown> {
  const path = pathParameters(operation.http.path).map((name) => [name, c.req.param(name)]);
  const body = operation.http.method === 'get' ? {} : await jsonBody(c);
  const input = { ...c.req.query(), ...body, ...Object.fromEntries(path) };
  const fault = unstorable(input);
  if (fault) throw new Problem('invalid-input', { errors: [fault] });
  const language = c.get('language');
  const parsed = operation.input.safeParse(input, { error: (issue) => inputWords(issue, language) });
  if (parsed.success) return input;
  // An address that cannot be one leads nowhere, like one of something that is absent.
  const isId = (issue: (typeof parsed.error.issues)[number]) => 'format' in issue && issue.format === 'uuid';
  const ofPath = path.map(([name]) => name);
  if (parsed.error.issues.some((issue) => isId(issue) && ofPath.includes(String(issue.path[0]))))
    throw new Problem('not-found');
  const errors = issuesOf(parsed.error).map(({ pointer, message }) => ({
    pointer,
    detail: language === 'de' ? germanOf(message) : message,
  }));
  throw new Problem('invalid-input', { errors });
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
