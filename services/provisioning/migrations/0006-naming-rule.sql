-- 0006-naming-rule.sql · expand: how names of new VMs begin. No row: as people like.
CREATE TABLE naming_rule (
  tenant_id uuid PRIMARY KEY,
  prefix text NOT NULL
);
SELECT protect('naming_rule');
