-- The one post that a person is making, the same on all their devices, and its files in order.
create table drafts (
  user_id integer primary key references users (id), caption text not null, price integer not null,
  visibility text not null, sensitive integer not null, publish_at integer, saved_at integer not null
);
create table draft_files (
  file_id integer primary key references files (id), user_id integer not null references users (id),
  position integer not null
);
create index draft_files_of_user on draft_files (user_id, position);
-- When a scheduled post is to be published; null for others and once it has been published.
alter table posts add column publish_at integer;
