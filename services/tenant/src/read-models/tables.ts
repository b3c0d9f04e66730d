import type { Language, Role } from '@dvmm/contracts';
import type { EventStoreTables } from '@eaf/event-store';
import type { ColumnType, Generated } from 'kysely';
import type { BrandColours } from '../domain/brand-colour.js';
import type { Certificate } from '../domain/removal.js';

export interface TenantTables extends EventStoreTables {
  identity: { tenant_id: string; issuer_subject: string; person_id: string };
  membership_index: { tenant_id: string; person_id: string; member_of: string };
  invitation_index: { tenant_id: string; email: string; invited_to: string; invitation_id: string };
  setup_token: { tenant_id: string; token: string; expires_at: Date; used_at: Date | null };
  tenant_registry: {
    tenant_id: string;
    id: string;
    slug: string;
    name: string;
    active: Generated<boolean>;
    /** Set: the tenant is being removed, or was. */
    removal_requested_at: ColumnType<Date | null, never, Date>;
    removal_requested_by: ColumnType<string | null, never, string>;
    removed_at: ColumnType<Date | null, never, Date>;
    certificate: ColumnType<Certificate | null, never, string>;
  };
  person: {
    tenant_id: string;
    id: string;
    name: string;
    email: string | null;
    language: Language;
    time_zone: Generated<string | null>;
    left_guides: Generated<Role[]>;
    wrapped_key: string;
  };
  invitation: {
    tenant_id: string;
    id: string;
    roles: Role[];
    projects: ColumnType<{ projectId: string; lead: boolean }[], string, never>;
    accepted_at: Date | null;
  };
  member: { tenant_id: string; person_id: string; roles: Role[] };
  project: { tenant_id: string; id: string; name: string };
  project_member: { tenant_id: string; project_id: string; person_id: string; lead: boolean };
  size: {
    tenant_id: string;
    key: string;
    vcpus: number;
    memory_mib: number;
    disk_gib: number;
    monthly_cost_cents: number;
    currency: string;
  };
  quota: QuotaRow;
  branding: {
    tenant_id: string;
    colour: string | null;
    colours: ColumnType<BrandColours | null, string | null, string | null>;
    colours_version: string | null;
    logo: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>;
    logo_version: ColumnType<string | null, string | null | undefined, string | null>;
    logo_width: ColumnType<number | null, number | null | undefined, number | null>;
    logo_height: ColumnType<number | null, number | null | undefined, number | null>;
  };
  audit_entry: {
    tenant_id: string;
    number: string;
    event_id: string;
    type: string;
    stream: string;
    actor_id: string;
    correlation_id: string;
    time: Date;
    recorded_at: Date;
    envelope: Buffer;
    previous: Buffer;
    hash: Buffer;
  };
}

/** Memory and disk are bigint in PostgreSQL, which the driver gives as text. */
export interface QuotaRow {
  tenant_id: string;
  project_id: string;
  limit_vms: number | null;
  limit_vcpus: number | null;
  limit_memory_mib: ColumnType<string | null, number | null, number | null>;
  limit_disk_gib: ColumnType<string | null, number | null, number | null>;
  used_vms: Generated<number>;
  used_vcpus: Generated<number>;
  used_memory_mib: ColumnType<string, never, never>;
  used_disk_gib: ColumnType<string, never, never>;
  reserved_vms: Generated<number>;
  reserved_vcpus: Generated<number>;
  reserved_memory_mib: ColumnType<string, never, never>;
  reserved_disk_gib: ColumnType<string, never, never>;
}

/** Stands for the tenant where a project could stand. */
export const wholeTenant = '00000000-0000-0000-0000-000000000000';
