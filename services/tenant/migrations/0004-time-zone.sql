-- 0004-time-zone.sql · expand: releases before insert people without it, so nullable; null is the zone of the person's device.
-- ACCESS EXCLUSIVE for milliseconds, no rewrite.
ALTER TABLE person ADD COLUMN time_zone text;
