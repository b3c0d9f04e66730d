-- 0002-pools-apart.sql · expand: pools of one port group stay apart. A trigger locks the table out for milliseconds and rewrites nothing.

-- Addresses are held per offered network, so two pools that overlap in one port group would give two VMs one address.
-- An exclusion constraint would need an extension for its equal columns; this lock and look need none. Networks offered
-- before stay as they are.
CREATE FUNCTION keep_pools_apart() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
  IF NEW.addressing->>'mode' <> 'static' THEN RETURN NEW; END IF;
  -- One at a time, so that neither of two offers fails to see the other.
  PERFORM pg_advisory_xact_lock(hashtextextended('pool/' || NEW.tenant_id || '/' || NEW.vcenter_name, 0));
  IF EXISTS (
    SELECT FROM network AS other
    JOIN vcenter AS theirs ON theirs.tenant_id = other.tenant_id AND theirs.id = other.vcenter_id
    JOIN vcenter AS ours ON ours.tenant_id = NEW.tenant_id AND ours.id = NEW.vcenter_id
    WHERE other.tenant_id = NEW.tenant_id AND other.vcenter_name = NEW.vcenter_name
      AND other.addressing->>'mode' = 'static'
      -- Two connections may lead to one vCenter.
      AND (theirs.id = ours.id OR (theirs.instance_uuid = ours.instance_uuid AND theirs.datacenter = ours.datacenter))
      AND (other.addressing->>'first')::inet <= (NEW.addressing->>'last')::inet
      AND (other.addressing->>'last')::inet >= (NEW.addressing->>'first')::inet
  ) THEN
    RAISE EXCEPTION 'the pool overlaps another of port group %', NEW.vcenter_name
      USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'network_pools_apart';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER network_pools_apart BEFORE INSERT ON network FOR EACH ROW EXECUTE FUNCTION keep_pools_apart();
