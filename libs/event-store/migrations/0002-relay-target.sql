-- Which stream the cursor speaks of. NULL: not noted yet.
ALTER TABLE relay_cursor ADD COLUMN target text;
