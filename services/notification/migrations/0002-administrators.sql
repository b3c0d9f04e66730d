-- 0002-administrators.sql · expand: a new table, filled from tenant's events from their beginning; releases before do not read it.

-- Whom to write to when a request needs a hand: our copy of who administers the tenant, by id.
CREATE TABLE administrator (
  tenant_id uuid NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, person_id)
);
SELECT protect('administrator');
