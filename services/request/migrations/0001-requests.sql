-- 0001-requests.sql · what lists, details and timelines are read from; all of it follows from events and can be made again.

CREATE TABLE request (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  state text NOT NULL,
  name text NOT NULL,
  requester_id uuid NOT NULL,
  project_id uuid NOT NULL,
  vm jsonb NOT NULL,
  justification text,
  content_hash text NOT NULL,
  submitted_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  waiting_reason text,
  waiting_since timestamptz,
  vm_id uuid,
  host_name text,
  addresses jsonb NOT NULL DEFAULT '[]',
  failure_reason text,
  failure_detail text,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX request_newest ON request (tenant_id, submitted_at DESC, id DESC);
CREATE INDEX request_of_requester ON request (tenant_id, requester_id, submitted_at DESC, id DESC);
CREATE INDEX request_of_project ON request (tenant_id, project_id, submitted_at DESC, id DESC);
SELECT protect('request');

-- Who may decide or might have: they may read the request.
CREATE TABLE request_approver (
  tenant_id uuid NOT NULL,
  request_id uuid NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, request_id, person_id)
);
SELECT protect('request_approver');

CREATE TABLE request_timeline (
  tenant_id uuid NOT NULL,
  request_id uuid NOT NULL,
  event_id uuid NOT NULL,
  at timestamptz NOT NULL,
  what text NOT NULL,
  who text NOT NULL,
  detail jsonb NOT NULL,
  why text,
  PRIMARY KEY (tenant_id, request_id, at, event_id)
);
SELECT protect('request_timeline');
