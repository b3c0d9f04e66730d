-- 0004-unread-fence.sql · contract, first half: no replica of this version reads or writes clone_slot.fence, those before
-- still do, so the column stays for one release. A comment alone: SHARE UPDATE EXCLUSIVE for an instant, nothing rewritten.
COMMENT ON COLUMN clone_slot.fence IS 'Unread. The release after the one that brought 0004 may drop it.';
