-- What happened to a person, one row for each event, for scripts that must miss none. Rows are kept for a week.
create table happenings (
  id integer primary key autoincrement, user_id integer not null references users (id), kind text not null, at integer not null,
  actor_id integer references users (id), post_id integer, comment_id integer, coins integer
);
create index happenings_of_user on happenings (user_id, id);
create index happenings_by_time on happenings (at);
-- Whether a personal token stays valid when its owner changes the password.
alter table sessions add column outlives_password integer not null default 0;
-- Finds the files of a person by their bytes.
create index files_by_hash on files (owner_id, sha256);
