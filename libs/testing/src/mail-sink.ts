import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { mailPage } from './mail-page.js';

export interface MailSinkConfig {
  readonly smtpPort?: number;
  readonly httpPort?: number;
  readonly user: string;
  readonly password: string;
  /** One JSON line a mail; absent: mails are kept in memory only. */
  readonly storeFile?: string;
}

/** A mail as it was taken. */
export interface ReceivedMail {
  readonly id: number;
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly receivedAt: string;
}

export interface RunningMailSink {
  readonly smtpPort: number;
  readonly webUrl: string;
  readonly mails: readonly ReceivedMail[];
  /** Refuses the next mails with 451, as a busy server does. */
  refuse(count: number): void;
  close(): Promise<void>;
}

/** An SMTP server that takes every mail and delivers none, with a page and an API to read them. */
export async function startMailSink(config: MailSinkConfig): Promise<RunningMailSink> {
  const mails: ReceivedMail[] = readStore(config.storeFile);
  let refusals = 0;
  const smtp = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _, callback) =>
      username === config.user && password === config.password
        ? callback(null, { user: username })
        : callback(new Error('Wrong user or password')),
    onData: (stream, session, callback) => {
      void simpleParser(stream).then((parsed) => {
        if (refusals > 0) {
          refusals--;
          callback(Object.assign(new Error('Busy, try again later'), { responseCode: 451 }));
          return;
        }
        const mail: ReceivedMail = {
          id: mails.length + 1,
          messageId: parsed.messageId ?? '',
          from: parsed.from?.text ?? '',
          to: session.envelope.rcptTo.map(({ address }) => address),
          subject: parsed.subject ?? '',
          text: parsed.text ?? '',
          html: parsed.html || '',
          receivedAt: new Date().toISOString(),
        };
        mails.push(mail);
        if (config.storeFile) appendFileSync(config.storeFile, `${JSON.stringify(mail)}\n`, { mode: 0o600 });
        callback();
      }, callback);
    },
  });
  await new Promise<void>((resolve, reject) => {
    smtp.server.once('error', reject);
    smtp.listen(config.smtpPort ?? 0, '127.0.0.1', () => resolve());
  });

  const http = createServer((request, response) => {
    void answer(request, response).catch((error: Error) => response.writeHead(400).end(error.message));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const json = (body: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    const id = Number(/^\/(?:api\/)?mails\/(\d+)$/.exec(url.pathname)?.[1]);
    if (request.method === 'POST' && url.pathname === '/api/refuse') {
      refusals = Number(url.searchParams.get('count') ?? 1);
      json({ refusing: refusals });
    } else if (request.method === 'DELETE' && url.pathname === '/api/mails') {
      mails.length = 0;
      if (config.storeFile) writeFileSync(config.storeFile, '', { mode: 0o600 });
      response.writeHead(204).end();
    } else if (url.pathname === '/api/mails') {
      const to = url.searchParams.get('to');
      json(mails.filter((mail) => !to || mail.to.includes(to)));
    } else if (url.pathname.startsWith('/api/mails/')) {
      const mail = mails.find((one) => one.id === id);
      if (mail) json(mail);
      else response.writeHead(404).end();
    } else if (url.pathname === '/' || Number.isInteger(id)) {
      response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self' data:");
      response.setHeader('content-type', 'text/html; charset=utf-8').end(mailPage(mails, mails.find((one) => one.id === id)));
    } else {
      response.writeHead(404).end();
    }
  }

  await listen(http, config.httpPort ?? 0);
  return {
    smtpPort: (smtp.server.address() as AddressInfo).port,
    webUrl: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    mails,
    refuse(count) {
      refusals = count;
    },
    async close() {
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(() => resolve())),
        new Promise<void>((resolve) => {
          http.close(() => resolve());
          http.closeAllConnections();
        }),
      ]);
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function readStore(file: string | undefined): ReceivedMail[] {
  if (!file || !existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as ReceivedMail);
}
