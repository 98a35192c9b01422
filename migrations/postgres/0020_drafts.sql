create table drafts (
  user_id bigint primary key references users (id), caption text not null, price bigint not null,
  visibility text not null, sensitive boolean not null, publish_at bigint, saved_at bigint not null
);
create table draft_files (
  file_id bigint primary key references files (id), user_id bigint not null references users (id),
  position bigint not null
);
create index draft_files_of_user on draft_files (user_id, position);
alter table posts add column publish_at bigint;
