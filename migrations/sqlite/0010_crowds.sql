-- Posts of authors with very many followers are not copied into inboxes, but merged when an inbox is read.
alter table posts add column merged integer not null default 0;
create index posts_merged on posts (published_at, id) where merged = 1;
-- The authors of such posts. There are few of them, so that for most people a single lookup finds none.
create table crowds (author_id integer primary key references users (id));
-- Up to when a person has read merged posts. Copied posts store this in their own rows.
create table inbox_marks (user_id integer primary key references users (id), read_to integer not null);
