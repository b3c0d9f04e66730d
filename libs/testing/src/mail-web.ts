import type { IncomingMessage, ServerResponse } from 'node:http';
import { mailPage } from './mail-page.js';
import type { MailStore } from './mail-store.js';

/** What the mail sink answers over HTTP: a page for people, JSON for programs. */
export async function answerMailRequest(
  request: IncomingMessage,
  response: ServerResponse,
  store: MailStore,
  refuse: (count: number) => void,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const route = `${request.method} ${url.pathname.replace(/\/\d+$/, '/:id')}`;
  const opened = store.find(Number(/\d+$/.exec(url.pathname)?.[0]));
  if (route === 'GET /' || (route === 'GET /mails/:id' && opened)) {
    response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'");
    response.setHeader('content-type', 'text/html; charset=utf-8').end(mailPage(store.mails, opened));
  } else if (route === 'GET /api/mails') {
    json(response, store.to(url.searchParams.get('to')));
  } else if (route === 'GET /api/mails/:id' && opened) {
    json(response, opened);
  } else if (route === 'DELETE /api/mails') {
    store.clear();
    response.writeHead(204).end();
  } else if (route === 'POST /api/refuse') {
    const count = countIn(await bodyOf(request));
    if (count === undefined) return void response.writeHead(400).end('Send {"count": n}, n from 0 on.');
    refuse(count);
    json(response, { refusing: count });
  } else {
    response.writeHead(404).end();
  }
}

function json(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}

function countIn(body: string): number | undefined {
  try {
    const { count } = JSON.parse(body) as { count?: unknown };
    return Number.isSafeInteger(count) && Number(count) >= 0 ? Number(count) : undefined;
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
