-- 0007-left-guides.sql · expand: releases before insert people without it, so with a default. ACCESS EXCLUSIVE for milliseconds: a
-- constant default rewrites nothing.

-- Roles whose first steps the person has put away. By role, so that a new role brings its own.
ALTER TABLE person ADD COLUMN left_guides text[] NOT NULL DEFAULT '{}';
