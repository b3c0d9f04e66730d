-- 0005-removal.sql · expand: nullable columns; ACCESS EXCLUSIVE for milliseconds, no rewrite. Releases before list a tenant that
-- is being removed as suspended, which it is.

-- A removed tenant keeps its row: its slug is never used again, and the certificate is what is left of it.
ALTER TABLE tenant_registry
  ADD COLUMN removal_requested_at timestamptz,
  ADD COLUMN removal_requested_by uuid,
  ADD COLUMN removed_at timestamptz,
  ADD COLUMN certificate jsonb;
