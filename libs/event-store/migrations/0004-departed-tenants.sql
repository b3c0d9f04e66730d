-- 0004-departed-tenants.sql · expand: a function, replaced; nothing is locked or rewritten.

-- As before, but for a tenant that has departed: its positions are gone, so every late event would look as if an earlier one
-- were missing, and be asked for again without end. All that could be done for it has been done.
CREATE OR REPLACE FUNCTION advance(p_tenant uuid, p_consumer text, p_stream text, p_version integer, p_event uuid) RETURNS void
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
  IF coalesce(reached, 0) >= p_version OR EXISTS (SELECT FROM departed_tenant WHERE id = p_tenant) THEN
    RAISE EXCEPTION 'handled before' USING ERRCODE = 'EA001';
  END IF;
  RAISE EXCEPTION 'version % of % has not been handled yet', p_version - 1, p_stream USING ERRCODE = 'EA002';
END $$;
