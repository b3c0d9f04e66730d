-- 0006-branding.sql · expand: a new table, which releases before do not know.

-- A record, not a projection: events hold the logo's hash and not its bytes.
CREATE TABLE branding (
  tenant_id uuid PRIMARY KEY,
  -- As it was entered; what the themes show of it stands beside it, so that a later way to correct colours changes nobody's.
  colour text,
  colours jsonb,
  colours_version text,
  logo bytea,
  logo_version text,
  logo_width integer,
  logo_height integer
);
SELECT protect('branding');
