import type { NotificationKind } from '@dvmm/contracts';
import type { EventStoreTables } from '@eaf/event-store';
import type { ColumnType } from 'kysely';

export type DeliveryState = 'queued' | 'retrying' | 'sent' | 'failed';
export type MailVariables = Readonly<Record<string, string | null>>;

export interface NotificationTables extends EventStoreTables {
  delivery: {
    tenant_id: string;
    id: string;
    kind: NotificationKind;
    person_id: string;
    request_id: string | null;
    variables: ColumnType<MailVariables, string, never>;
    message_id: string;
    state: DeliveryState;
    attempts: ColumnType<number, never, number>;
    queued_at: Date;
    sent_at: ColumnType<Date | null, never, Date>;
    last_error: ColumnType<string | null, never, string | null>;
    read_at: ColumnType<Date | null, Date | null, Date>;
  };
  smtp_settings: {
    tenant_id: string;
    host: string;
    port: number;
    security: 'tls' | 'starttls' | 'none';
    username: string | null;
    from_address: string;
    from_name: string;
    credentials_version: number;
  };
  smtp_secret: { tenant_id: string; wrapped_key: string; sealed: string };
  request_copy: {
    tenant_id: string;
    request_id: string;
    requester_id: string;
    vm_name: string;
    project_name: string;
    size: string;
    justification: string | null;
  };
  administrator: { tenant_id: string; person_id: string };
  effects_since: { tenant_id: string; since: ColumnType<Date, never, never> };
}
