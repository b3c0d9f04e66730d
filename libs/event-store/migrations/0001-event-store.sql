-- 0001-event-store.sql · the log, what makes commands and reactions idempotent, timers, and the relay's place.

CREATE TABLE event (
  tenant_id uuid NOT NULL,
  -- <category>:<id>
  stream text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  id uuid NOT NULL,
  type text NOT NULL,
  type_version integer NOT NULL,
  data jsonb NOT NULL,
  actor_id text NOT NULL,
  correlation_id uuid NOT NULL,
  causation_id uuid,
  traceparent text,
  time timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  position bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (tenant_id, stream, version)
);
-- The relay reads all tenants in commit-safe order, so this one index does not begin with the tenant.
CREATE INDEX event_relay ON event (transaction_id, position);
SELECT protect_insert_only('event');
-- An event's time of storage and place are PostgreSQL's to give: the app may not name these columns.
REVOKE INSERT ON event FROM {{app}};
GRANT INSERT (tenant_id, stream, version, id, type, type_version, data, actor_id, correlation_id, causation_id, traceparent, time)
  ON event TO {{app}};
SELECT open_to_runner('event', 'SELECT');
SELECT open_to_reader('event');

-- A command's stored answer: the same key and input are answered from here.
CREATE TABLE command (
  tenant_id uuid NOT NULL,
  principal_id text NOT NULL,
  key text NOT NULL,
  operation text NOT NULL,
  input_hash text NOT NULL,
  reply jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, principal_id, key)
);
SELECT protect_insert_only('command');

-- How far a consumer has come in each stream it hears.
CREATE TABLE position (
  tenant_id uuid NOT NULL,
  consumer text NOT NULL,
  stream text NOT NULL,
  version integer NOT NULL,
  event_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, consumer, stream)
);
SELECT protect('position');

-- Dead letters. A parked event holds back the later ones of its stream, never the tenant.
CREATE TABLE parked (
  tenant_id uuid NOT NULL,
  consumer text NOT NULL,
  stream text NOT NULL,
  version integer NOT NULL,
  envelope bytea NOT NULL,
  reason text NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, consumer, stream, version)
);
SELECT protect('parked');
SELECT open_to_runner('parked', 'SELECT');

-- The only timer: work that must be done at a time, by whichever replica claims it first.
CREATE TABLE due (
  tenant_id uuid NOT NULL,
  kind text NOT NULL,
  id text NOT NULL,
  due_at timestamptz NOT NULL,
  fence bigint NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  claimed_until timestamptz,
  PRIMARY KEY (tenant_id, kind, id)
);
CREATE INDEX due_next ON due (due_at);
SELECT protect('due');
SELECT open_to_runner('due', 'SELECT, INSERT, UPDATE, DELETE');

-- One row: up to where the relay has published, and which process holds the lease.
CREATE TABLE relay_cursor (
  name text PRIMARY KEY,
  transaction_id xid8 NOT NULL DEFAULT '0',
  position bigint NOT NULL DEFAULT 0,
  holder text NOT NULL DEFAULT '',
  fence bigint NOT NULL DEFAULT 0,
  leased_until timestamptz NOT NULL DEFAULT '-infinity'
);
ALTER TABLE relay_cursor ENABLE ROW LEVEL SECURITY;
ALTER TABLE relay_cursor FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON relay_cursor TO {{owner}} USING (true) WITH CHECK (true);
SELECT open_to_runner('relay_cursor', 'SELECT, UPDATE');
INSERT INTO relay_cursor (name) VALUES ('relay');

-- Two statements in one trip: the tenant is set before the policies are asked, and for the rest of the transaction.
CREATE FUNCTION append(p_tenant uuid, p_stream text, p_expected integer, p_events jsonb) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  PERFORM set_config('eaf.tenant', p_tenant::text, true);
  INSERT INTO event (tenant_id, stream, version, id, type, type_version, data, actor_id, correlation_id, causation_id, traceparent, time)
  SELECT p_tenant, p_stream, p_expected + e.ordinality, (e.value->>'id')::uuid, e.value->>'type', (e.value->>'typeVersion')::integer,
         e.value->'data', e.value->>'actorId', (e.value->>'correlationId')::uuid, (e.value->>'causationId')::uuid,
         e.value->>'traceparent', (e.value->>'time')::timestamptz
  FROM jsonb_array_elements(p_events) WITH ORDINALITY AS e(value, ordinality);
END $$;

-- Sets the tenant, as append does, and moves a consumer's place in a stream by exactly one.
-- EA001: this or a later event was handled; EA002: an earlier one was not.
CREATE FUNCTION advance(p_tenant uuid, p_consumer text, p_stream text, p_version integer, p_event uuid) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE reached integer;
BEGIN
  PERFORM set_config('eaf.tenant', p_tenant::text, true);
  IF p_version = 1 THEN
    INSERT INTO position (tenant_id, consumer, stream, version, event_id)
    VALUES (p_tenant, p_consumer, p_stream, 1, p_event) ON CONFLICT DO NOTHING;
  ELSE
    UPDATE position SET version = p_version, event_id = p_event
    WHERE tenant_id = p_tenant AND consumer = p_consumer AND stream = p_stream AND version = p_version - 1;
  END IF;
  IF FOUND THEN RETURN; END IF;
  SELECT version INTO reached FROM position
  WHERE tenant_id = p_tenant AND consumer = p_consumer AND stream = p_stream;
  IF coalesce(reached, 0) >= p_version THEN
    RAISE EXCEPTION 'handled before' USING ERRCODE = 'EA001';
  END IF;
  RAISE EXCEPTION 'version % of % has not been handled yet', p_version - 1, p_stream USING ERRCODE = 'EA002';
END $$;

-- Sets or moves a timer. A claim under way loses it: its fence no longer fits.
CREATE FUNCTION due_set(p_kind text, p_id text, p_due_at timestamptz) RETURNS void
LANGUAGE sql SECURITY INVOKER AS $$
  INSERT INTO due (tenant_id, kind, id, due_at) VALUES (current_setting('eaf.tenant')::uuid, p_kind, p_id, p_due_at)
  ON CONFLICT (tenant_id, kind, id)
  DO UPDATE SET due_at = excluded.due_at, fence = due.fence + 1, claimed_until = NULL, attempts = 0;
$$;

-- Ends a claim: with p_again the timer rings again then, without it is gone. EA003: another process holds it now.
CREATE FUNCTION due_release(p_kind text, p_id text, p_fence bigint, p_again timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  IF p_again IS NULL THEN
    DELETE FROM due WHERE tenant_id = current_setting('eaf.tenant')::uuid AND kind = p_kind AND id = p_id AND fence = p_fence;
  ELSE
    UPDATE due SET due_at = p_again, claimed_until = NULL, attempts = 0
    WHERE tenant_id = current_setting('eaf.tenant')::uuid AND kind = p_kind AND id = p_id AND fence = p_fence;
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the claim on %/% was lost', p_kind, p_id USING ERRCODE = 'EA003';
  END IF;
END $$;

-- Re-checks a fencing token before a write of long work (rule 10), and prolongs the claim.
CREATE FUNCTION due_keep(p_kind text, p_id text, p_fence bigint, p_seconds integer) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  UPDATE due SET claimed_until = clock_timestamp() + make_interval(secs => p_seconds)
  WHERE tenant_id = current_setting('eaf.tenant')::uuid AND kind = p_kind AND id = p_id AND fence = p_fence;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the claim on %/% was lost', p_kind, p_id USING ERRCODE = 'EA003';
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION append, advance, due_set, due_release, due_keep TO {{app}};
