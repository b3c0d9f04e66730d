import { FileKek, newDataKey, openWith, sealWith } from '@eaf/secrets';
import { OutboundHosts } from '@eaf/service';
import { Database, type SqlStatement } from '@eaf/tenancy';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type { NotificationTables } from '../read-models/tables.js';
import { Settings } from '../settings.js';

type SmtpRow = NotificationTables['smtp_settings'];

/** A tenant's way to send mail. */
export interface MailServer {
  readonly transport: Transporter;
  readonly from: { readonly name: string; readonly address: string };
}

const deadlines = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
const place = 'smtp password';

/** One pooled connection a tenant and version of its settings. */
@Injectable()
export class SmtpServers implements OnModuleDestroy {
  readonly #kek: FileKek;
  readonly #hosts: OutboundHosts;
  readonly #open = new Map<string, { version: number; server: MailServer }>();

  constructor(
    private readonly database: Database<NotificationTables>,
    private readonly settings: Settings,
  ) {
    this.#kek = new FileKek(settings.kekFile);
    this.#hosts = new OutboundHosts(settings.outboundAllow);
  }

  /** Whether the operator lets mail go there, and unencrypted if it is to. */
  async allows(host: string, security: SmtpRow['security']): Promise<boolean> {
    return (await this.#hosts.allows(host)) && (security !== 'none' || this.settings.plaintextAllowed.includes(host));
  }

  /** The password as it is stored: sealed, and useless in another tenant's row. */
  async passwordRow(tenant: string, password: string): Promise<SqlStatement> {
    const wrapped_key = await newDataKey(this.#kek, tenant);
    const sealed = await sealWith(this.#kek, wrapped_key, tenant, password, place);
    return this.database.sql
      .insertInto('smtp_secret')
      .values({ tenant_id: tenant, wrapped_key, sealed })
      .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ wrapped_key, sealed }));
  }

  async settingsOf(tenant: string): Promise<SmtpRow | undefined> {
    const [row] = await this.database.read(
      tenant,
      this.database.sql.selectFrom('smtp_settings').selectAll().where('tenant_id', '=', tenant),
    );
    return row;
  }

  /** @returns undefined while the tenant has none */
  async of(tenant: string): Promise<MailServer | undefined> {
    const row = await this.settingsOf(tenant);
    if (!row) return undefined;
    const open = this.#open.get(tenant);
    if (open?.version === row.credentials_version) return open.server;
    open?.server.transport.close();
    if (!(await this.allows(row.host, row.security)))
      throw new Error(`The operator does not allow mail to ${row.host}.`);
    const server = {
      transport: createTransport({
        host: row.host,
        port: row.port,
        secure: row.security === 'tls',
        requireTLS: row.security === 'starttls',
        ignoreTLS: row.security === 'none',
        pool: true,
        maxConnections: 2,
        ...deadlines,
        ...(row.username ? { auth: { user: row.username, pass: await this.#password(tenant) } } : {}),
      }),
      from: { name: row.from_name, address: row.from_address },
    };
    this.#open.set(tenant, { version: row.credentials_version, server });
    return server;
  }

  async #password(tenant: string): Promise<string> {
    const [secret] = await this.database.read(
      tenant,
      this.database.sql.selectFrom('smtp_secret').select(['wrapped_key', 'sealed']).where('tenant_id', '=', tenant),
    );
    return secret ? openWith(this.#kek, secret.wrapped_key, tenant, secret.sealed, place) : '';
  }

  onModuleDestroy(): void {
    for (const { server } of this.#open.values()) server.transport.close();
  }
}
