import type { Addressing, listRuns, listTemplates, listVms } from '@dvmm/contracts';
import type { EventStoreTables } from '@eaf/event-store';
import type { Output } from '@eaf/messaging/contract';
import type { ColumnType, Generated } from 'kysely';

/** Written as JSON text, read as a value. */
type Json<T> = ColumnType<T, string, string>;

type ShownRun = Output<typeof listRuns>['items'][number];
type ShownTemplate = Output<typeof listTemplates>['items'][number];
type ShownVm = Output<typeof listVms>['items'][number];

export interface ProvisioningTables extends EventStoreTables {
  vcenter: VCenterTable;
  tenant_data_key: { tenant_id: string; wrapped: string };
  vcenter_secret: { tenant_id: string; vcenter_id: string; sealed_password: string };
  inventory: InventoryTable;
  vm_template: VmTemplateTable;
  network: NetworkTable;
  naming_rule: { tenant_id: string; prefix: string };
  name_hold: { tenant_id: string; name: string; request_id: string; network_id: string; held_at: Date };
  address_hold: { tenant_id: string; network_id: string; address: string; request_id: string };
  run: RunTable;
  clone_slot: CloneSlotTable;
  vm: VmTable;
}

export interface VCenterTable {
  tenant_id: string;
  id: string;
  name: string;
  host: string;
  port: number;
  username: string;
  datacenter: string;
  resource_pool: string;
  datastore: string;
  folder: string;
  certificate: string | null;
  max_clones: number;
  credentials_version: number;
  instance_uuid: ColumnType<string | null, never, string | null>;
  away_since: ColumnType<Date | null, never, Date | null>;
  away_why: ColumnType<string | null, never, string | null>;
  last_seen_at: ColumnType<Date | null, never, Date | null>;
}

interface InventoryTable {
  tenant_id: string;
  vcenter_id: string;
  as_of: Date;
  templates: Json<string[]>;
  networks: Json<string[]>;
  datastores: Json<{ name: string; freeBytes: number; accessible: boolean }[]>;
  foreign_names: Json<string[]>;
}

interface VmTemplateTable {
  tenant_id: string;
  id: string;
  name: string;
  vcenter_id: string;
  vcenter_name: string;
  guest: ShownTemplate['guest'];
  login_text: Json<ShownTemplate['loginText']>;
}

interface NetworkTable {
  tenant_id: string;
  id: string;
  name: string;
  vcenter_id: string;
  vcenter_name: string;
  addressing: Json<Addressing>;
}

export interface RunTable {
  tenant_id: string;
  id: string;
  vm_name: string;
  vcenter_id: string;
  requester_id: string;
  project_id: string;
  project_name: string;
  environment: string;
  size: Json<ShownVm['size']>;
  template_id: string;
  instance_uuid: string;
  state: ShownRun['state'];
  step: ShownRun['step'];
  waiting: ColumnType<
    { reason: string; detail?: string; since: string; until: string | null } | null,
    string | null,
    string | null
  >;
  failure: ColumnType<ShownRun['failure'], string | null, string | null>;
  attempts: Generated<number>;
  attention: number;
  started_at: Date;
  changed_at: Date;
  clone_task: ColumnType<string | null, never, string | null>;
}

export interface CloneSlotTable {
  tenant_id: string;
  vcenter_instance: string;
  request_id: string;
  asked_at: Generated<Date>;
  granted: Generated<boolean>;
  leased_until: Date;
}

export interface VmTable {
  tenant_id: string;
  id: string;
  request_id: string;
  name: string;
  owner_id: string;
  project_id: string;
  project_name: string;
  size: Json<ShownVm['size']>;
  environment: ShownVm['environment'];
  state: ShownVm['state'];
  power: ShownVm['power'];
  addresses: Json<string[]>;
  host_name: string | null;
  created_at: Date;
  template_id: string;
  vcenter_id: string;
  moref: string;
  instance_uuid: string;
  missing_since: Date | null;
  held_up: ColumnType<ShownVm['heldUp'], string | null | undefined, string | null>;
}
