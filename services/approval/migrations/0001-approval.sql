-- 0001-approval.sql · policies, the queue, who may decide, and our copy of roles.

CREATE TABLE policy_version (
  tenant_id uuid NOT NULL,
  -- The project it is for; all-zero: the tenant's own.
  project_id uuid NOT NULL,
  version integer NOT NULL,
  id uuid NOT NULL,
  rules jsonb NOT NULL,
  PRIMARY KEY (tenant_id, project_id, version)
);
CREATE INDEX policy_version_id ON policy_version (tenant_id, id, version);
SELECT protect('policy_version');

CREATE TABLE approval_case (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  outcome text NOT NULL,
  requester_id uuid NOT NULL,
  vm jsonb NOT NULL,
  justification text,
  content_hash text NOT NULL,
  policy jsonb NOT NULL,
  stage_count integer NOT NULL,
  stage integer NOT NULL DEFAULT 0,
  stage_name text NOT NULL DEFAULT '',
  quorum integer NOT NULL DEFAULT 0,
  approved_by jsonb NOT NULL DEFAULT '[]',
  nobody_may_decide boolean NOT NULL DEFAULT false,
  automatic boolean NOT NULL DEFAULT false,
  opened_at timestamptz NOT NULL,
  decided_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX approval_case_queue ON approval_case (tenant_id, outcome, opened_at, id);
CREATE INDEX approval_case_decided ON approval_case (tenant_id, decided_at) WHERE NOT automatic;
SELECT protect('approval_case');

-- Everybody a case names or has named; they may read it. Some of them may decide now.
CREATE TABLE case_approver (
  tenant_id uuid NOT NULL,
  request_id uuid NOT NULL,
  person_id uuid NOT NULL,
  may_decide boolean NOT NULL,
  PRIMARY KEY (tenant_id, request_id, person_id)
);
CREATE INDEX case_approver_person ON case_approver (tenant_id, person_id, request_id);
SELECT protect('case_approver');

-- Segregation of duties once more, where no code can get round it: never the requester, and nobody twice in a case.
CREATE TABLE decision (
  tenant_id uuid NOT NULL,
  request_id uuid NOT NULL,
  approver_id uuid NOT NULL,
  requester_id uuid NOT NULL,
  stage integer NOT NULL,
  verdict text NOT NULL,
  PRIMARY KEY (tenant_id, request_id, approver_id),
  CONSTRAINT decision_not_by_requester CHECK (approver_id <> requester_id)
);
SELECT protect_insert_only('decision');

CREATE TABLE person_role (
  tenant_id uuid NOT NULL,
  person_id uuid NOT NULL,
  roles text[] NOT NULL,
  PRIMARY KEY (tenant_id, person_id)
);
SELECT protect('person_role');

CREATE TABLE project_member (
  tenant_id uuid NOT NULL,
  project_id uuid NOT NULL,
  person_id uuid NOT NULL,
  lead boolean NOT NULL,
  PRIMARY KEY (tenant_id, project_id, person_id)
);
SELECT protect('project_member');
