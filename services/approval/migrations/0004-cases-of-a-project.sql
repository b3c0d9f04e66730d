-- no transaction
-- 0004-cases-of-a-project.sql · expand: an index for what was decided in a project so far; built beside the running release.
CREATE INDEX CONCURRENTLY IF NOT EXISTS approval_case_project ON approval_case (tenant_id, (vm->'project'->>'id'), outcome);
