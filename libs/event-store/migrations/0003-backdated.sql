-- 0003-backdated.sql · expand: replicas of the version before store and set timers without it, which means now.
-- How far back an event's story plays. ACCESS EXCLUSIVE for milliseconds, no rewrite: a constant default is kept aside.
ALTER TABLE event ADD COLUMN backdated_seconds integer;
GRANT INSERT (backdated_seconds) ON event TO {{app}};
ALTER TABLE due ADD COLUMN backdated_seconds integer NOT NULL DEFAULT 0;

CREATE OR REPLACE FUNCTION append(p_tenant uuid, p_stream text, p_expected integer, p_events jsonb) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  PERFORM set_config('eaf.tenant', p_tenant::text, true);
  INSERT INTO event (tenant_id, stream, version, id, type, type_version, data, actor_id, correlation_id, causation_id, traceparent, time, backdated_seconds)
  SELECT p_tenant, p_stream, p_expected + e.ordinality, (e.value->>'id')::uuid, e.value->>'type', (e.value->>'typeVersion')::integer,
         e.value->'data', e.value->>'actorId', (e.value->>'correlationId')::uuid, (e.value->>'causationId')::uuid,
         e.value->>'traceparent', (e.value->>'time')::timestamptz, (e.value->>'backdatedSeconds')::integer
  FROM jsonb_array_elements(p_events) WITH ORDINALITY AS e(value, ordinality);
END $$;

-- Beside the one of three arguments, which the version before calls.
CREATE FUNCTION due_set(p_kind text, p_id text, p_due_at timestamptz, p_backdated_seconds integer) RETURNS void
LANGUAGE sql SECURITY INVOKER AS $$
  INSERT INTO due (tenant_id, kind, id, due_at, backdated_seconds)
  VALUES (current_setting('eaf.tenant')::uuid, p_kind, p_id, p_due_at, p_backdated_seconds)
  ON CONFLICT (tenant_id, kind, id)
  DO UPDATE SET due_at = excluded.due_at, backdated_seconds = excluded.backdated_seconds,
                fence = due.fence + 1, claimed_until = NULL, attempts = 0;
$$;
GRANT EXECUTE ON FUNCTION due_set(text, text, timestamptz, integer) TO {{app}};
