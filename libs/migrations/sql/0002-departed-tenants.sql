-- 0002-departed-tenants.sql · expand: one small table and a policy a table; each takes ACCESS EXCLUSIVE for milliseconds and
-- rewrites nothing. Releases before insert as they did: for a tenant that has not departed nothing changes.

-- Tenants of which nothing may come back. Written by the owner's job alone, and kept when their rows are gone.
CREATE TABLE departed_tenant (
  id uuid PRIMARY KEY,
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- What the job must still know once the rows are gone.
  noted jsonb NOT NULL,
  -- Deleted rows by table, so far: moved in the transaction that deletes them.
  deleted jsonb NOT NULL DEFAULT '{}'
);
ALTER TABLE departed_tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE departed_tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_all ON departed_tenant TO {{owner}} USING (true) WITH CHECK (true);
CREATE POLICY own_tenant ON departed_tenant FOR SELECT TO {{app}}
  USING (id = (SELECT nullif(current_setting('eaf.tenant', true), '')::uuid));
GRANT SELECT ON departed_tenant TO {{app}};

-- What comes late, such as an event that was still on its way, must not make a row again. Asked once a statement.
CREATE FUNCTION refuse_departed(p_table regclass) RETURNS void LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  EXECUTE format('CREATE POLICY not_departed ON %s AS RESTRICTIVE FOR INSERT TO {{app}} WITH CHECK (NOT EXISTS (SELECT FROM departed_tenant))', p_table);
END $$;

CREATE OR REPLACE FUNCTION protect_insert_only(p_table regclass) RETURNS void LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE own_tenant text := '(tenant_id = (SELECT nullif(current_setting(''eaf.tenant'', true), '''')::uuid))';
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', p_table);
  -- Without a policy of its own the owner's backfill would change nothing, in silence.
  EXECUTE format('CREATE POLICY owner_all ON %s TO {{owner}} USING (true) WITH CHECK (true)', p_table);
  EXECUTE format('CREATE POLICY own_tenant ON %s TO {{app}} USING %s WITH CHECK %s', p_table, own_tenant, own_tenant);
  EXECUTE format('GRANT SELECT, INSERT ON %s TO {{app}}', p_table);
  PERFORM refuse_departed(p_table);
END $$;

-- Tables that were there before.
SELECT refuse_departed(attrelid) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND attname = 'tenant_id' AND NOT attisdropped;

REVOKE EXECUTE ON FUNCTION refuse_departed FROM PUBLIC;
