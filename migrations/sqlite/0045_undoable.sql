-- Purchases that can still be undone, of which there are few: their coins cannot be spent yet.
create index purchases_undoable on purchases (undo_until) where undo_until is not null and ended_at is null;
