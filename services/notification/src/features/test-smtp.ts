import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { testSmtp } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Output, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AddressedMails } from '../mail/addressed-mail.js';
import { SmtpServers } from '../mail/smtp-servers.js';
import { Settings } from '../settings.js';

/** Whoever asked waits 8.5 s for an answer. */
const patienceMs = 7_000;

/** Waits for the server, because whoever tests wants to hear what it says. Nothing is queued. */
@Controller()
export class TestSmtp {
  constructor(
    private readonly servers: SmtpServers,
    private readonly mails: AddressedMails,
    private readonly settings: Settings,
  ) {}

  @Handles(testSmtp)
  async handle(_: Input<typeof testSmtp>, context: OperationContext): Promise<Reply<typeof testSmtp>> {
    const server = await this.servers.of(context.tenant);
    if (!server) return refuse('smtp.not-set');
    const mail = await this.mails.of({
      ...context,
      kind: 'test',
      personId: context.actorId,
      requestId: null,
      variables: {},
    });
    if (!mail) return failed('no-address', 'You have no mail address.');
    const messageId = `<${uuidv7()}@${this.settings.mailIdDomain}>`;
    const sending = server.transport.sendMail({
      from: server.from,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId,
    });
    const answered = sending.then(
      () => ({ ok: true, reason: null, detail: 'The server took the mail.', messageId }),
      (error: Error) => failed(reasonOf(error), error.message),
    );
    const silent = pause(patienceMs, undefined, { ref: false }).then(() =>
      failed('no-answer', `The server has said nothing for ${patienceMs / 1_000} s.`),
    );
    return Promise.race([answered, silent]);
  }
}

type Reason = NonNullable<Output<typeof testSmtp>['reason']>;

const failed = (reason: Reason, detail: string) => ({ ok: false, reason, detail, messageId: null });

const reasonByCode: Record<string, Reason> = {
  EAUTH: 'login-refused',
  ETLS: 'no-encryption',
  EDNS: 'no-answer',
  ECONNECTION: 'no-answer',
  ETIMEDOUT: 'no-answer',
};

/** nodemailer calls every fault of a socket ESOCKET and keeps beside it the code of the system, or of TLS (also EPROTO). */
function reasonOf(error: Error): Reason {
  const {
    code = '',
    originalCode = '',
    responseCode,
  } = error as { code?: string; originalCode?: string; responseCode?: number };
  if (responseCode === 530) return 'login-refused'; // RFC 4954: the server takes no mail without a login.
  if (code === 'ESOCKET')
    return originalCode !== 'EPROTO' && originalCode in constants.errno ? 'no-answer' : 'no-encryption';
  return reasonByCode[code] ?? 'not-sent';
}
