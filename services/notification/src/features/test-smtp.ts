import { setTimeout as pause } from 'node:timers/promises';
import { testSmtp } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
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
    if (!mail) return { ok: false, detail: 'You have no mail address.', messageId: null };
    const messageId = `<${uuidv7()}@${this.settings.mailIdDomain}>`;
    const sending = server.transport.sendMail({
      from: server.from,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId,
    });
    const silent = pause(patienceMs, undefined, { ref: false }).then(() => {
      throw new Error(`The server has said nothing for ${patienceMs / 1_000} s.`);
    });
    return Promise.race([sending, silent]).then(
      () => ({ ok: true, detail: 'The server took the mail.', messageId }),
      (error: Error) => ({ ok: false, detail: error.message, messageId: null }),
    );
  }
}
