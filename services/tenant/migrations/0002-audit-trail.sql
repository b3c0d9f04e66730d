-- 0002-audit-trail.sql · every event of every context, numbered and chained per tenant. Nobody but the owner may change a row.

CREATE TABLE audit_entry (
  tenant_id uuid NOT NULL,
  number bigint NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  stream text NOT NULL,
  actor_id text NOT NULL,
  correlation_id uuid NOT NULL,
  time timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  -- As published: jsonb would reorder fields and break the hash.
  envelope bytea NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (tenant_id, number),
  CONSTRAINT audit_entry_event UNIQUE (tenant_id, event_id)
);
CREATE INDEX audit_entry_type ON audit_entry (tenant_id, type text_pattern_ops, number DESC);
CREATE INDEX audit_entry_stream ON audit_entry (tenant_id, stream, number DESC);
CREATE INDEX audit_entry_actor ON audit_entry (tenant_id, actor_id, number DESC);
CREATE INDEX audit_entry_time ON audit_entry (tenant_id, time);
SELECT protect_insert_only('audit_entry');
SELECT open_to_reader('audit_entry');

-- The lock comes before the last row is read: two writers can never take one number. An insert-only role may not SELECT FOR UPDATE.
CREATE FUNCTION append_audit(p_event uuid, p_type text, p_stream text, p_actor text, p_correlation uuid, p_time timestamptz, p_recorded timestamptz, p_envelope bytea)
RETURNS void LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
  own uuid := current_setting('eaf.tenant')::uuid;
  last_number bigint;
  last_hash bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit ' || own::text, 0));
  SELECT number, hash INTO last_number, last_hash FROM audit_entry WHERE tenant_id = own ORDER BY number DESC LIMIT 1;
  last_number := coalesce(last_number, 0);
  last_hash := coalesce(last_hash, sha256(convert_to(own::text, 'UTF8')));
  INSERT INTO audit_entry (tenant_id, number, event_id, type, stream, actor_id, correlation_id, time, recorded_at, envelope, previous, hash)
  VALUES (own, last_number + 1, p_event, p_type, p_stream, p_actor, p_correlation, p_time, p_recorded, p_envelope, last_hash,
          sha256(last_hash || convert_to((last_number + 1)::text, 'UTF8') || sha256(p_envelope)));
END $$;
GRANT EXECUTE ON FUNCTION append_audit TO {{app}};
