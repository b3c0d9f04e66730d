-- 0002-request-draft.sql · expand: a new table; releases before do not know it.

-- What a person has entered and not submitted: hers alone, no fact, and gone when it is submitted or after 30 days.
-- What she wrote is sealed in it under her key.
CREATE TABLE request_draft (
  tenant_id uuid NOT NULL,
  person_id uuid NOT NULL,
  wish jsonb NOT NULL,
  kept_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, person_id)
);
SELECT protect('request_draft');
