alter table posts add column likes integer not null default 0;
alter table posts add column comments integer not null default 0;

create table likes (
  post_id integer not null references posts (id), user_id integer not null references users (id), at integer not null,
  primary key (post_id, user_id)
) without rowid;
create table bookmarks (
  user_id integer not null references users (id), post_id integer not null references posts (id), at integer not null,
  primary key (user_id, post_id)
) without rowid;
-- `parent_id` is the comment that started the thread, even for a reply to a reply, so that there is only one level.
create table comments (
  id integer primary key autoincrement, post_id integer not null references posts (id), author_id integer not null references users (id),
  parent_id integer references comments (id), text text not null, created_at integer not null, edited_at integer, deleted_at integer
);
-- The people who were notified that a text mentions them. Comment 0 is the caption.
create table mentions (
  user_id integer not null references users (id), post_id integer not null references posts (id), comment_id integer not null,
  primary key (user_id, post_id, comment_id)
) without rowid;

create index likes_of_user on likes (user_id);
create index bookmarks_newest on bookmarks (user_id, at, post_id);
create index bookmarks_of_post on bookmarks (post_id);
create index comments_newest on comments (post_id, created_at, id) where deleted_at is null;
create index comments_threads on comments (post_id, created_at, id) where parent_id is null;
create index comments_replies on comments (parent_id, created_at, id) where parent_id is not null and deleted_at is null;
create index comments_of_author on comments (author_id, post_id) where deleted_at is null;
create index mentions_of_post on mentions (post_id, comment_id);
