-- Words that the host does not want in captions, comments, names and bios, and what happens to a text with one.
create table word_filters (
  id integer primary key autoincrement,
  word text not null unique,
  effect text not null,
  -- Whether only the whole word counts, not a part of another one.
  whole integer not null default 0,
  created_at integer not null
);
-- Texts in which such a word was found. `text` is kept until somebody has decided.
create table flags (
  id integer primary key autoincrement,
  at integer not null,
  effect text not null,
  words text not null,
  field text not null,
  user_id integer not null references users (id),
  post_id integer references posts (id),
  comment_id integer references comments (id),
  text text,
  settled_at integer,
  settled_by integer references users (id),
  outcome text
);
create index flags_open on flags (at, id) where settled_at is null;
create index flags_of_user on flags (user_id);
create index flags_of_post on flags (post_id) where post_id is not null;
create index flags_of_comment on flags (comment_id) where comment_id is not null;
create index flags_settled_by on flags (settled_by) where settled_by is not null;
-- While they are set, only the author and the staff see the post or the comment.
alter table posts add column held_at integer;
alter table comments add column held_at integer;
-- Answers of suspended people, and of authors whose post or comment the staff removed. Each decision has one.
create table appeals (
  id integer primary key autoincrement,
  user_id integer not null references users (id),
  post_id integer references posts (id),
  comment_id integer references comments (id),
  text text not null,
  created_at integer not null,
  settled_at integer,
  settled_by integer references users (id),
  outcome text,
  answer text
);
create index appeals_open on appeals (created_at, id) where settled_at is null;
create index appeals_newest on appeals (created_at, id);
create index appeals_of_user on appeals (user_id, created_at, id);
create unique index appeals_of_post on appeals (post_id) where post_id is not null;
create unique index appeals_of_comment on appeals (comment_id) where comment_id is not null;
create index appeals_settled_by on appeals (settled_by) where settled_by is not null;
