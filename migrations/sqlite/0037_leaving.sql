-- When an account that its owner or the staff have deleted is erased. Until then it is hidden like a suspended one, and
-- its owner can come back.
alter table users add column erase_at integer;
create index users_leaving on users (erase_at) where erase_at is not null;
-- Zips with everything of one person. The bytes are stored elsewhere, under the id.
create table exports (
  id integer primary key autoincrement,
  user_id integer not null references users (id),
  status text not null default 'making',
  error text,
  bytes integer,
  created_at integer not null,
  expires_at integer
);
create index exports_of_user on exports (user_id, created_at, id);
create index exports_expired on exports (expires_at);
