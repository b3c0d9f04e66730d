-- 0002-when-decided.sql · expand: replicas of the version before insert without it, so nullable; readers fall back on the case's time.
-- ACCESS EXCLUSIVE for milliseconds, no rewrite; the fill touches the rows of single votes, which are few and never changed.

ALTER TABLE decision ADD COLUMN given_at timestamptz;

UPDATE decision SET given_at = event.time
FROM event
WHERE event.tenant_id = decision.tenant_id
  AND event.stream = 'approval-case:' || decision.request_id
  AND event.type IN ('approval.stage-approved', 'approval.rejected')
  AND event.data->>'by' = decision.approver_id::text;
