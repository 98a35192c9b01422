-- A post whose author has very many followers is not copied into inboxes: readers' lists take it in as they are read.
alter table posts add column merged integer not null default 0;
create index posts_merged on posts (published_at, id) where merged = 1;
-- Authors of such posts: few, so that most readers are done with one look.
create table crowds (author_id integer primary key references users (id));
-- Up to when somebody has read of what is merged; what is copied knows it row by row.
create table inbox_marks (user_id integer primary key references users (id), read_to integer not null);
