-- Why a VM that is to be deleted still stands; NULL = nothing holds it up. Not an event: lost, the next try says it again.
ALTER TABLE vm ADD COLUMN held_up jsonb;
