-- A block is stored once, with the person who made it, and works in both directions. A mute affects only the muter.
create table blocks (
  blocker_id integer not null references users (id), blocked_id integer not null references users (id), created_at integer not null,
  primary key (blocker_id, blocked_id), check (blocker_id <> blocked_id)
) without rowid;
create table mutes (
  muter_id integer not null references users (id), muted_id integer not null references users (id), created_at integer not null,
  primary key (muter_id, muted_id), check (muter_id <> muted_id)
) without rowid;
-- A report is about exactly one thing, and the same person can report the same thing only once.
create table reports (
  id integer primary key autoincrement, reporter_id integer not null references users (id),
  post_id integer references posts (id), comment_id integer references comments (id), user_id integer references users (id),
  reason text not null, created_at integer not null, settled_at integer, settled_by integer references users (id), outcome text,
  check ((post_id is not null) + (comment_id is not null) + (user_id is not null) = 1),
  check ((settled_at is null) = (outcome is null))
);
alter table users add column suspended_at integer;
alter table users add column suspension_reason text;

create index blocks_of_blocked on blocks (blocked_id, blocker_id);
create index blocks_newest on blocks (blocker_id, created_at, blocked_id);
create index mutes_newest on mutes (muter_id, created_at, muted_id);
create index mutes_of_muted on mutes (muted_id, muter_id);
create unique index reports_once on reports (reporter_id, coalesce(post_id, 0), coalesce(comment_id, 0), coalesce(user_id, 0));
create index reports_open on reports (created_at, id) where settled_at is null;
create index reports_settled on reports (created_at, id) where settled_at is not null;
create index reports_of_post on reports (post_id) where post_id is not null;
create index reports_of_comment on reports (comment_id) where comment_id is not null;
create index reports_of_user on reports (user_id) where user_id is not null;
