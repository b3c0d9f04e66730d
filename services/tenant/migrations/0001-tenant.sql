-- 0001-tenant.sql · directory, projects, sizes, quota.

-- The platform's own rows stand under the platform tenant: who somebody is, before it is known where she belongs.
CREATE TABLE identity (
  tenant_id uuid NOT NULL,
  -- sha256 of issuer and subject: found again, never read back.
  issuer_subject text NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, issuer_subject)
);
SELECT protect('identity');

CREATE TABLE membership_index (
  tenant_id uuid NOT NULL,
  person_id uuid NOT NULL,
  member_of uuid NOT NULL,
  PRIMARY KEY (tenant_id, person_id, member_of)
);
SELECT protect('membership_index');

CREATE TABLE invitation_index (
  tenant_id uuid NOT NULL,
  -- sha256 of the address in lower case.
  email text NOT NULL,
  invited_to uuid NOT NULL,
  invitation_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, email, invitation_id)
);
SELECT protect('invitation_index');

CREATE TABLE setup_token (
  tenant_id uuid NOT NULL,
  token text NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (tenant_id, token)
);
SELECT protect('setup_token');

CREATE TABLE tenant_registry (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  slug text NOT NULL,
  name text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT tenant_registry_slug UNIQUE (tenant_id, slug)
);
SELECT protect('tenant_registry');

-- The directory: the one place with names and addresses. A record, not a projection, so that erasing is a delete.
CREATE TABLE person (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  email text,
  language text NOT NULL,
  -- Data key under the key-encryption key; what the person writes is sealed with it.
  wrapped_key text NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
SELECT protect('person');

CREATE TABLE invitation (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  roles text[] NOT NULL,
  projects jsonb NOT NULL,
  accepted_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
SELECT protect('invitation');

CREATE TABLE member (
  tenant_id uuid NOT NULL,
  person_id uuid NOT NULL,
  roles text[] NOT NULL,
  PRIMARY KEY (tenant_id, person_id)
);
SELECT protect('member');

CREATE TABLE project (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT project_name UNIQUE (tenant_id, name)
);
SELECT protect('project');

CREATE TABLE project_member (
  tenant_id uuid NOT NULL,
  project_id uuid NOT NULL,
  person_id uuid NOT NULL,
  lead boolean NOT NULL,
  PRIMARY KEY (tenant_id, project_id, person_id),
  FOREIGN KEY (tenant_id, project_id) REFERENCES project (tenant_id, id)
);
CREATE INDEX project_member_of_person ON project_member (tenant_id, person_id);
SELECT protect('project_member');

CREATE TABLE size (
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  vcpus integer NOT NULL,
  memory_mib integer NOT NULL,
  disk_gib integer NOT NULL,
  monthly_cost_cents integer NOT NULL,
  currency text NOT NULL,
  PRIMARY KEY (tenant_id, key)
);
SELECT protect('size');

-- One row for the tenant (all-zero project) and one a project. A null limit is no limit.
CREATE TABLE quota (
  tenant_id uuid NOT NULL,
  project_id uuid NOT NULL,
  limit_vms integer, limit_vcpus integer, limit_memory_mib bigint, limit_disk_gib bigint,
  used_vms integer NOT NULL DEFAULT 0, used_vcpus integer NOT NULL DEFAULT 0,
  used_memory_mib bigint NOT NULL DEFAULT 0, used_disk_gib bigint NOT NULL DEFAULT 0,
  reserved_vms integer NOT NULL DEFAULT 0, reserved_vcpus integer NOT NULL DEFAULT 0,
  reserved_memory_mib bigint NOT NULL DEFAULT 0, reserved_disk_gib bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, project_id)
);
SELECT protect('quota');

-- Reserves by conditional update: the row's lock and the condition decide, nothing is counted before. QU001 carries the first shortage.
CREATE FUNCTION reserve_quota(p_project uuid, p_vms integer, p_vcpus integer, p_memory bigint, p_disk bigint) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
  scope_id uuid;
  q quota%ROWTYPE;
  dimension text;
  room bigint;
  wanted bigint;
  ceiling bigint;
BEGIN
  -- Tenant first, project second, always: two reservations never wait for each other crosswise.
  FOREACH scope_id IN ARRAY ARRAY['00000000-0000-0000-0000-000000000000'::uuid, p_project] LOOP
    UPDATE quota SET reserved_vms = reserved_vms + p_vms, reserved_vcpus = reserved_vcpus + p_vcpus,
                     reserved_memory_mib = reserved_memory_mib + p_memory, reserved_disk_gib = reserved_disk_gib + p_disk
    WHERE tenant_id = current_setting('eaf.tenant')::uuid AND project_id = scope_id
      AND (limit_vms IS NULL OR used_vms + reserved_vms + p_vms <= limit_vms)
      AND (limit_vcpus IS NULL OR used_vcpus + reserved_vcpus + p_vcpus <= limit_vcpus)
      AND (limit_memory_mib IS NULL OR used_memory_mib + reserved_memory_mib + p_memory <= limit_memory_mib)
      AND (limit_disk_gib IS NULL OR used_disk_gib + reserved_disk_gib + p_disk <= limit_disk_gib);
    IF NOT FOUND THEN
      SELECT * INTO STRICT q FROM quota WHERE tenant_id = current_setting('eaf.tenant')::uuid AND project_id = scope_id;
      SELECT d, l, f, w INTO dimension, ceiling, room, wanted FROM (VALUES
        ('vms', q.limit_vms::bigint, (q.limit_vms - q.used_vms - q.reserved_vms)::bigint, p_vms::bigint),
        ('vcpus', q.limit_vcpus::bigint, (q.limit_vcpus - q.used_vcpus - q.reserved_vcpus)::bigint, p_vcpus::bigint),
        ('memoryMiB', q.limit_memory_mib, q.limit_memory_mib - q.used_memory_mib - q.reserved_memory_mib, p_memory),
        ('diskGiB', q.limit_disk_gib, q.limit_disk_gib - q.used_disk_gib - q.reserved_disk_gib, p_disk)
      ) AS shortage(d, l, f, w) WHERE l IS NOT NULL AND w > f LIMIT 1;
      RAISE EXCEPTION 'quota exceeded' USING ERRCODE = 'QU001', DETAIL = json_build_object(
        'scope', CASE WHEN scope_id = p_project THEN 'project' ELSE 'tenant' END,
        'dimension', dimension, 'limit', ceiling, 'left', greatest(room, 0), 'asked', wanted)::text;
    END IF;
  END LOOP;
END $$;

-- Moves amounts between reserved, used and free on both rows; each sign is -1, 0 or 1.
CREATE FUNCTION move_quota(p_project uuid, p_vms integer, p_vcpus integer, p_memory bigint, p_disk bigint, p_reserved integer, p_used integer)
RETURNS void LANGUAGE sql SECURITY INVOKER AS $$
  UPDATE quota SET
    reserved_vms = reserved_vms + p_reserved * p_vms, used_vms = used_vms + p_used * p_vms,
    reserved_vcpus = reserved_vcpus + p_reserved * p_vcpus, used_vcpus = used_vcpus + p_used * p_vcpus,
    reserved_memory_mib = reserved_memory_mib + p_reserved * p_memory, used_memory_mib = used_memory_mib + p_used * p_memory,
    reserved_disk_gib = reserved_disk_gib + p_reserved * p_disk, used_disk_gib = used_disk_gib + p_used * p_disk
  WHERE tenant_id = current_setting('eaf.tenant')::uuid AND project_id IN ('00000000-0000-0000-0000-000000000000', p_project);
$$;
GRANT EXECUTE ON FUNCTION reserve_quota, move_quota TO {{app}};
