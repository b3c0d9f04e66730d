import { OutOfOrder } from '@eaf/messaging/contract';
import { Database } from '@eaf/tenancy';
import { Injectable } from '@nestjs/common';
import type { NotificationTables } from './read-models/tables.js';

export type RequestCopy = NotificationTables['request_copy'];

/** What mails say about a request, as it was submitted. */
@Injectable()
export class RequestCopies {
  constructor(private readonly database: Database<NotificationTables>) {}

  /** @throws OutOfOrder while the request itself has not been heard of: approval's stream may run ahead of request's */
  async of(tenant: string, requestId: string): Promise<RequestCopy> {
    const [copy] = await this.database.read(
      tenant,
      this.database.sql
        .selectFrom('request_copy')
        .selectAll()
        .where('tenant_id', '=', tenant)
        .where('request_id', '=', requestId),
    );
    if (!copy) throw new OutOfOrder(`Request ${requestId} has not been heard of yet`);
    return copy;
  }
}
