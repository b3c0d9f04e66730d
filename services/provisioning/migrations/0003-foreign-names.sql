-- 0003-foreign-names.sql · expand: replicas of the version before neither write nor read it. A constant default is no rewrite;
-- ACCESS EXCLUSIVE for milliseconds, under the runner's lock_timeout.

-- Names in the tenant's folder of VMs without our marker: nobody may ask for them.
ALTER TABLE inventory ADD COLUMN foreign_names jsonb NOT NULL DEFAULT '[]';
