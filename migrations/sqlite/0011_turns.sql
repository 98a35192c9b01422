-- People take turns in the lanes of photos and videos, so that many files of one person do not delay those of others.
alter table jobs add column owner_id integer;
alter table jobs add column turn integer not null default 0;
create index jobs_in_turn on jobs (lane, turn, due_at) where died_at is null;
create index jobs_of_owner on jobs (lane, owner_id, turn) where owner_id is not null and died_at is null;
-- The turn that each of these lanes has reached.
create table lanes (lane text primary key, turn integer not null) without rowid;
