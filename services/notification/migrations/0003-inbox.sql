-- 0003-inbox.sql · expand: when a person saw in the portal what was written to her about. The release before does not name
-- it and leaves it NULL, unread. Not an event: who looked at what when is nobody's fact, and no auditor's business.
-- The default is there for the rows of before alone: they are old news, or everybody would find a hundred of them unread.
-- ACCESS EXCLUSIVE for milliseconds twice, no rewrite: now() is one value for all rows.
ALTER TABLE delivery ADD COLUMN read_at timestamptz DEFAULT now();
ALTER TABLE delivery ALTER COLUMN read_at DROP DEFAULT;
