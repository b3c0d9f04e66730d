import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { NotificationTables } from './read-models/tables.js';

type RequestCopy = NotificationTables['request_copy'];

/** What mails say about a request, as it was submitted. */
@Injectable()
export class RequestCopies {
  constructor(private readonly database: Database<NotificationTables>) {}

  /** @throws Error while the request has not been heard of; the event then comes again shortly */
  async of(tenant: string, requestId: string): Promise<RequestCopy> {
    const [copy] = await this.database.read(
      tenant,
      this.database.sql.selectFrom('request_copy').selectAll().where('tenant_id', '=', tenant).where('request_id', '=', requestId),
    );
    if (!copy) throw new Error(`Request ${requestId} has not been heard of yet`);
    return copy;
  }
}
