-- 0003-last-administrator.sql · expand: a new function, nothing is locked or rewritten; releases before do not call it.

-- Asked after the change, in its transaction. Two administrators who demote each other change different rows and streams, so neither
-- sees the other's change; the lock lets the second look only once the first has committed. AD001: nobody would be left.
CREATE FUNCTION require_administrator() RETURNS void LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE
  own uuid := current_setting('eaf.tenant')::uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('administrators ' || own::text, 0));
  IF NOT EXISTS (SELECT FROM member WHERE tenant_id = own AND 'tenant-admin' = ANY(roles)) THEN
    RAISE EXCEPTION 'no administrator would be left' USING ERRCODE = 'AD001';
  END IF;
END $$;
GRANT EXECUTE ON FUNCTION require_administrator TO {{app}};
