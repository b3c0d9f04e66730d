import { setSmtp, type smtpSet } from '@dvmm/contracts';
import { EventStore, Streams } from '@eaf/event-store';
import { Handles, type OperationContext } from '@eaf/messaging';
import { type FactOf, type Input, type Reply, refuse } from '@eaf/messaging/contract';
import { Controller, Injectable } from '@nestjs/common';
import { SmtpServers } from '../mail/smtp-servers.js';
import type { NotificationTables } from '../read-models/tables.js';

/** How often the settings were set; each time the pooled connection is opened anew. */
@Injectable()
export class SmtpSettings extends Streams<number, FactOf<typeof smtpSet>, NotificationTables> {
  constructor(store: EventStore<NotificationTables>) {
    super(store, {
      category: 'smtp',
      initial: 0,
      evolve: (_, { data }) => data.credentialsVersion,
      project: ({ tenant, data }, sql) => {
        const { host, port, username, from, fromName, credentialsVersion } = data;
        const security = data.security as 'tls' | 'starttls' | 'none';
        const row = {
          host,
          port,
          security,
          username,
          from_address: from,
          from_name: fromName,
          credentials_version: credentialsVersion,
        };
        return [
          sql
            .insertInto('smtp_settings')
            .values({ tenant_id: tenant, ...row })
            .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row)),
        ];
      },
    });
  }
}

@Controller()
export class SetSmtp {
  constructor(
    private readonly settings: SmtpSettings,
    private readonly servers: SmtpServers,
  ) {}

  @Handles(setSmtp)
  async handle(
    { password, ...smtp }: Input<typeof setSmtp>,
    context: OperationContext,
  ): Promise<Reply<typeof setSmtp>> {
    if (!(await this.servers.allows(smtp.host, smtp.security)))
      return refuse('smtp.host-not-allowed', { host: smtp.host });
    // What was entered for one server is not handed to another.
    const before = await this.servers.settingsOf(context.tenant);
    const isSame = before?.host === smtp.host && before.port === smtp.port && before.username === smtp.username;
    if (password === undefined && before && !isSame) return refuse('smtp.password-needed');
    const secret = password === undefined ? [] : [await this.servers.passwordRow(context.tenant, password)];
    return this.settings.decide(
      context,
      'tenant',
      ({ state }) => [{ type: 'notification.smtp-set' as const, data: { ...smtp, credentialsVersion: state + 1 } }],
      { reply: () => smtp, also: () => secret },
    );
  }
}
