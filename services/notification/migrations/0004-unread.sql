-- no transaction
-- 0004-unread.sql · expand: an index for the count at the bell, asked by every page; built beside the running release.
CREATE INDEX CONCURRENTLY IF NOT EXISTS delivery_unread ON delivery (tenant_id, person_id) WHERE read_at IS NULL;
