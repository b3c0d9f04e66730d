import { createServer } from 'node:http';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { listenOnLoopback } from './loopback.js';
import { MailStore, type ReceivedMail } from './mail-store.js';
import { answerMailRequest } from './mail-web.js';

export interface MailSinkConfig {
  readonly smtpPort?: number;
  readonly httpPort?: number;
  readonly user: string;
  readonly password: string;
  /** One JSON line a mail; absent: mails are kept in memory only. */
  readonly storeFile?: string;
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
  const store = new MailStore(config.storeFile);
  let refusals = 0;
  const refuse = (count: number) => {
    refusals = count;
  };
  const smtp = smtpServer(config, async (stream, session) => {
    const parsed = await simpleParser(stream);
    if (refusals > 0) {
      refusals--;
      throw new Error('Busy, try again later');
    }
    store.add({
      messageId: parsed.messageId ?? '',
      from: parsed.from?.text ?? '',
      to: session.envelope.rcptTo.map(({ address }) => address),
      subject: parsed.subject ?? '',
      text: parsed.text ?? '',
      html: parsed.html || '',
    });
  });
  const web = createServer((request, response) => {
    answerMailRequest(request, response, store, refuse).catch((error: Error) => response.destroy(error));
  });
  const smtpPort = await listenOnLoopback(smtp.server, config.smtpPort ?? 0, 'the mail sink (SMTP)');
  const httpPort = await listenOnLoopback(web, config.httpPort ?? 0, "the mail sink's page").catch(
    async (error: unknown) => {
      await new Promise<void>((resolve) => smtp.close(resolve));
      throw error;
    },
  );
  return {
    smtpPort,
    webUrl: `http://127.0.0.1:${httpPort}`,
    mails: store.mails,
    refuse,
    async close() {
      const ended = [smtp, web].map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      web.closeAllConnections();
      await Promise.all(ended);
    },
  };
}

function smtpServer(
  config: MailSinkConfig,
  take: (stream: SMTPServerDataStream, session: SMTPServerSession) => Promise<void>,
): SMTPServer {
  const smtp = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 500,
    onAuth: ({ username, password }, _, callback) =>
      username === config.user && password === config.password
        ? callback(null, { user: username })
        : callback(new Error('Wrong user or password')),
    onData: (stream, session, callback) => {
      take(stream, session).then(
        () => callback(),
        // 451: whatever the reason, the sender is to try again.
        (error: Error) => callback(Object.assign(error, { responseCode: 451 })),
      );
    },
  });
  // A client that goes away in the middle of a mail is its own affair; unheard, the event would end the process.
  smtp.on('error', () => {});
  return smtp;
}
