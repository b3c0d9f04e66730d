import { getSmtp } from '@dvmm/contracts';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller } from '@nestjs/common';
import { SmtpServers } from '../mail/smtp-servers.js';

@Controller()
export class GetSmtp {
  constructor(private readonly servers: SmtpServers) {}

  @Handles(getSmtp)
  async handle(_: Input<typeof getSmtp>, { tenant }: OperationContext): Promise<Reply<typeof getSmtp>> {
    const row = await this.servers.settingsOf(tenant);
    if (!row) return refuse('smtp.not-set');
    const { host, port, security, username, from_address: from, from_name: fromName } = row;
    return { host, port, security, username, from, fromName };
  }
}
