-- Collections of bookmarked posts. Only their owners see them.
create table collections (
  id integer primary key autoincrement, user_id integer not null references users (id), name text not null,
  created_at integer not null
);
create index collections_of_user on collections (user_id, created_at, id);
create table collected (
  collection_id integer not null references collections (id), post_id integer not null references posts (id),
  at integer not null, primary key (collection_id, post_id)
) without rowid;
create index collected_newest on collected (collection_id, at, post_id);
create index collected_of_post on collected (post_id);
-- Who liked a post, newest first.
create index likes_of_post on likes (post_id, at, user_id);
