import { type RefusalEntry, refusals } from '@dvmm/contracts';
import type { Context } from 'hono';
import type { GatewayEnv } from '../gateway-env.js';
import { textPage } from '../pages/text-page.js';
import type { Problem } from './problem.js';
import { fillWords } from './problem-words.js';

/** The problem as a document for programs, or as a page for a person whose browser came here itself. */
export function problemResponse(c: Context<GatewayEnv>, problem: Problem): Response | Promise<Response> {
  const entry: RefusalEntry = refusals[problem.code];
  const language = c.get('language');
  const { title, detail } = entry[language];
  const correlationId = c.get('correlationId');
  const traceId = c.get('traceparent')?.split('-')[1];
  for (const [name, value] of Object.entries(problem.headers)) c.header(name, value);
  c.header('Content-Language', language);
  c.header('Cache-Control', 'no-store');
  const said = fillWords(detail, problem.about, language, c.req.header('x-time-zone'));
  if (isNavigation(c))
    return c.html(textPage({ language, title, paragraphs: [said], reference: correlationId }), entry.status);
  const document = {
    type: `/problems/${problem.code}`,
    title,
    status: entry.status,
    detail: said,
    code: problem.code,
    correlationId,
    ...(traceId ? { traceId } : {}),
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
    ...(Object.keys(problem.about).length > 0 ? { about: problem.about } : {}),
  };
  return c.body(JSON.stringify(document), entry.status, { 'Content-Type': 'application/problem+json' });
}

function isNavigation(c: Context<GatewayEnv>): boolean {
  return (
    c.req.method === 'GET' && !c.req.path.startsWith('/api/') && (c.req.header('accept') ?? '').includes('text/html')
  );
}
