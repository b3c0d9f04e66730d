import type { NatsConnection } from '@nats-io/nats-core';
import { liveSubject } from './subjects.js';

/** Says that something changed, never what: whoever hears it asks again through the API. */
export interface LiveHint {
  /** Who may hear it: `person:<id>`, `project:<id>`, `role:<role>`. */
  readonly audience: readonly string[];
  readonly kind: string;
  readonly id: string;
}

/** Sends hints over core NATS: at most once, not stored. A lost hint costs a late repaint, never data. */
export class Live {
  constructor(
    private readonly connection: NatsConnection,
    private readonly prefix: string,
    private readonly service: string,
  ) {}

  tell(tenant: string, hint: LiveHint): void {
    if (this.connection.isClosed()) return;
    this.connection.publish(liveSubject(this.prefix, this.service, tenant), JSON.stringify(hint));
  }
}
