-- 0001-row-level-security.sql · what every table of every schema gets, as functions, so that no migration words it anew.

CREATE FUNCTION protect(p_table regclass) RETURNS void LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  PERFORM protect_insert_only(p_table);
  EXECUTE format('GRANT UPDATE, DELETE ON %s TO {{app}}', p_table);
END $$;

-- nullif: after a transaction the setting is '' and not NULL, and the cast would raise an error on a pooled connection.
CREATE FUNCTION protect_insert_only(p_table regclass) RETURNS void LANGUAGE plpgsql SECURITY INVOKER AS $$
DECLARE own_tenant text := '(tenant_id = (SELECT nullif(current_setting(''eaf.tenant'', true), '''')::uuid))';
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', p_table);
  -- Without a policy of its own the owner's backfill would change nothing, in silence.
  EXECUTE format('CREATE POLICY owner_all ON %s TO {{owner}} USING (true) WITH CHECK (true)', p_table);
  EXECUTE format('CREATE POLICY own_tenant ON %s TO {{app}} USING %s WITH CHECK %s', p_table, own_tenant, own_tenant);
  EXECUTE format('GRANT SELECT, INSERT ON %s TO {{app}}', p_table);
END $$;

CREATE FUNCTION open_to(p_table regclass, p_role name, p_privileges text) RETURNS void LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  EXECUTE format('CREATE POLICY %I ON %s TO %I USING (true) WITH CHECK (true)', 'open_to_' || p_role, p_table, p_role);
  EXECUTE format('GRANT %s ON %s TO %I', p_privileges, p_table, p_role);
END $$;

-- Cross-tenant work with a listed purpose: the relay, timers, dead letters.
CREATE FUNCTION open_to_runner(p_table regclass, p_privileges text) RETURNS void LANGUAGE sql SECURITY INVOKER AS $$
  SELECT open_to(p_table, {{runner-literal}}, p_privileges);
$$;

-- The audit verifier compares with the owners' tables.
CREATE FUNCTION open_to_reader(p_table regclass) RETURNS void LANGUAGE sql SECURITY INVOKER AS $$
  SELECT open_to(p_table, {{reader-literal}}, 'SELECT');
$$;

REVOKE EXECUTE ON FUNCTION protect, protect_insert_only, open_to, open_to_runner, open_to_reader FROM PUBLIC;
