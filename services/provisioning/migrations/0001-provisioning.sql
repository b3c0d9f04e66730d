-- 0001-provisioning.sql · connections, the catalogue, holds, runs and VMs. New tables only: no lock anybody waits for.

-- A vCenter as an administrator entered it. A record, not a projection: the certificate is in no event.
CREATE TABLE vcenter (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  host text NOT NULL,
  port integer NOT NULL,
  username text NOT NULL,
  datacenter text NOT NULL,
  resource_pool text NOT NULL,
  datastore text NOT NULL,
  folder text NOT NULL,
  certificate text,
  max_clones integer NOT NULL,
  -- Rises with every change, so that each replica replaces its live session.
  credentials_version integer NOT NULL,
  -- Known once it has answered; counts clones over tenants that share one vCenter.
  instance_uuid text,
  away_since timestamptz,
  away_why text,
  last_seen_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT vcenter_name UNIQUE (tenant_id, name)
);
SELECT protect('vcenter');

-- One data key a tenant, wrapped under the key-encryption key.
CREATE TABLE tenant_data_key (
  tenant_id uuid NOT NULL PRIMARY KEY,
  wrapped text NOT NULL
);
SELECT protect('tenant_data_key');

CREATE TABLE vcenter_secret (
  tenant_id uuid NOT NULL,
  vcenter_id uuid NOT NULL,
  sealed_password text NOT NULL,
  PRIMARY KEY (tenant_id, vcenter_id)
);
SELECT protect('vcenter_secret');

-- What a vCenter had when it last answered. Previews read this, so that nobody waits for a vCenter.
CREATE TABLE inventory (
  tenant_id uuid NOT NULL,
  vcenter_id uuid NOT NULL,
  as_of timestamptz NOT NULL,
  templates jsonb NOT NULL,
  networks jsonb NOT NULL,
  datastores jsonb NOT NULL,
  PRIMARY KEY (tenant_id, vcenter_id)
);
SELECT protect('inventory');

CREATE TABLE vm_template (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  vcenter_id uuid NOT NULL,
  vcenter_name text NOT NULL,
  guest text NOT NULL,
  login_text jsonb NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX vm_template_by_name ON vm_template (tenant_id, name, id);
SELECT protect('vm_template');

CREATE TABLE network (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  vcenter_id uuid NOT NULL,
  vcenter_name text NOT NULL,
  addressing jsonb NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX network_by_name ON network (tenant_id, name, id);
SELECT protect('network');

-- The primary key is the promise: one name, one request, from submit until the VM is gone.
CREATE TABLE name_hold (
  tenant_id uuid NOT NULL,
  name text NOT NULL,
  request_id uuid NOT NULL,
  network_id uuid NOT NULL,
  held_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, name),
  CONSTRAINT name_hold_request UNIQUE (tenant_id, request_id)
);
SELECT protect('name_hold');

CREATE TABLE address_hold (
  tenant_id uuid NOT NULL,
  network_id uuid NOT NULL,
  address inet NOT NULL,
  request_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, network_id, address),
  CONSTRAINT address_hold_request UNIQUE (tenant_id, request_id)
);
SELECT protect('address_hold');

CREATE TABLE run (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  vm_name text NOT NULL,
  vcenter_id uuid NOT NULL,
  requester_id uuid NOT NULL,
  project_id uuid NOT NULL,
  project_name text NOT NULL,
  environment text NOT NULL,
  size jsonb NOT NULL,
  template_id uuid NOT NULL,
  instance_uuid uuid NOT NULL,
  state text NOT NULL,
  step text NOT NULL,
  waiting jsonb,
  failure jsonb,
  attempts integer NOT NULL DEFAULT 0,
  -- 0 = something is left behind, 1 = waits, 2 = works, 3 = has ended; the order of an administrator's list.
  attention smallint NOT NULL,
  started_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  -- The clone's task, so that a cancel stops this clone and no other. Not an event: lost, the VM is looked up by name.
  clone_task text,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX run_by_attention ON run (tenant_id, attention, changed_at DESC, id);
SELECT protect('run');

-- Clones under way or asked for, per vCenter over all tenants; all rows stand under the platform's tenant.
CREATE TABLE clone_slot (
  tenant_id uuid NOT NULL,
  vcenter_instance text NOT NULL,
  request_id uuid NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  granted boolean NOT NULL DEFAULT false,
  fence bigint NOT NULL DEFAULT 0,
  leased_until timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, vcenter_instance, request_id)
);
SELECT protect('clone_slot');

CREATE TABLE vm (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  request_id uuid NOT NULL,
  name text NOT NULL,
  owner_id uuid NOT NULL,
  project_id uuid NOT NULL,
  project_name text NOT NULL,
  size jsonb NOT NULL,
  environment text NOT NULL,
  state text NOT NULL,
  power text NOT NULL,
  addresses jsonb NOT NULL,
  host_name text,
  created_at timestamptz NOT NULL,
  template_id uuid NOT NULL,
  vcenter_id uuid NOT NULL,
  moref text NOT NULL,
  instance_uuid uuid NOT NULL,
  -- Since when vCenter no longer lists it; null = it was there when the inventory was last read.
  missing_since timestamptz,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT vm_request UNIQUE (tenant_id, request_id)
);
CREATE INDEX vm_by_name ON vm (tenant_id, name, id);
CREATE INDEX vm_by_vcenter ON vm (tenant_id, vcenter_id);
SELECT protect('vm');
