-- no transaction
-- 0003-own-decisions.sql · expand: an index for "what did I decide"; built beside the running release.
CREATE INDEX CONCURRENTLY IF NOT EXISTS decision_approver ON decision (tenant_id, approver_id);
