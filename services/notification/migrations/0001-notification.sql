-- 0001-notification.sql · deliveries, SMTP settings, and what mails say about requests.

CREATE TABLE delivery (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  person_id text NOT NULL,
  request_id uuid,
  -- What the template needs beside the person; personal texts stay sealed.
  variables jsonb NOT NULL,
  message_id text NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  queued_at timestamptz NOT NULL,
  sent_at timestamptz,
  last_error text,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX delivery_newest ON delivery (tenant_id, queued_at DESC, id DESC);
CREATE INDEX delivery_of_person ON delivery (tenant_id, person_id, queued_at DESC, id DESC);
SELECT protect('delivery');

CREATE TABLE smtp_settings (
  tenant_id uuid NOT NULL,
  host text NOT NULL,
  port integer NOT NULL,
  security text NOT NULL,
  username text,
  from_address text NOT NULL,
  from_name text NOT NULL,
  credentials_version integer NOT NULL,
  PRIMARY KEY (tenant_id)
);
SELECT protect('smtp_settings');

-- The password, sealed under the tenant's data key.
CREATE TABLE smtp_secret (
  tenant_id uuid NOT NULL,
  wrapped_key text NOT NULL,
  sealed text NOT NULL,
  PRIMARY KEY (tenant_id)
);
SELECT protect('smtp_secret');

CREATE TABLE request_copy (
  tenant_id uuid NOT NULL,
  request_id uuid NOT NULL,
  requester_id uuid NOT NULL,
  vm_name text NOT NULL,
  project_name text NOT NULL,
  size text NOT NULL,
  justification text,
  PRIMARY KEY (tenant_id, request_id)
);
SELECT protect('request_copy');

-- When this service first ran: what happened before was told by others, or by nobody, but not late and all at once.
CREATE TABLE effects_since (
  tenant_id uuid NOT NULL,
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id)
);
SELECT protect_insert_only('effects_since');
