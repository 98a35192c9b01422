create table users (
  id integer primary key autoincrement, handle text not null unique collate nocase, display_name text not null, bio text not null default '', links text not null default '[]',
  email text, locale text, role text not null default 'member', password_hash text not null, avatar_file_id integer,
  followers integer not null default 0, following integer not null default 0, posts integer not null default 0, storage_used integer not null default 0,
  epoch integer not null default 0, epoch_at integer, created_at integer not null, deleted_at integer
);
create table sessions (
  id integer primary key autoincrement, user_id integer not null references users (id), name text not null,
  created_at integer not null, last_seen_at integer not null, expires_at integer not null, ended_at integer
);
create table invites (
  id integer primary key autoincrement, created_by integer references users (id), uses integer not null, used integer not null default 0,
  created_at integer not null, expires_at integer not null, ended_at integer
);
create table password_resets (
  id integer primary key autoincrement, user_id integer not null references users (id), created_at integer not null, expires_at integer not null, used_at integer
);
create table files (
  id integer primary key autoincrement, owner_id integer not null references users (id), post_id integer references posts (id), position integer not null default 0,
  upload_id text unique, name text not null, type text not null, kind text not null, bytes integer not null, rendition_bytes integer not null default 0, sha256 text,
  status text not null, progress real not null default 0, error_code text, error_message text,
  width integer, height integer, duration real, alt_text text not null default '', placeholder text, renditions text not null default '{}',
  epoch integer not null default 0, epoch_at integer, created_at integer not null, deleted_at integer
);
create table posts (
  id integer primary key autoincrement, author_id integer not null references users (id), caption text not null, price integer not null default 0,
  visibility text not null, sensitive integer not null default 0, created_at integer not null, published_at integer, deleted_at integer
);
create table follows (
  followee_id integer not null references users (id), follower_id integer not null references users (id), notify integer not null default 1,
  created_at integer not null, primary key (followee_id, follower_id)
) without rowid;
create table inbox (user_id integer not null, at integer not null, post_id integer not null, read integer not null, primary key (user_id, at, post_id)) without rowid;
create table notifications (
  id integer primary key autoincrement, user_id integer not null references users (id), kind text not null, at integer not null, read integer not null default 0,
  actor_id integer references users (id), post_id integer references posts (id), file_id integer references files (id)
);
create table jobs (
  id integer primary key autoincrement, kind text not null, lane text not null, payload text not null, created_at integer not null, due_at integer not null,
  attempts integer not null default 0, error text, died_at integer
);
create table settings (key text primary key, value text not null);
create table idempotency (
  user_id integer not null, call text not null, key text not null, body text not null, result text not null, created_at integer not null,
  primary key (user_id, call, key)
) without rowid;

create index users_raised on users (epoch_at) where epoch_at is not null;
create index users_of_role on users (role) where role <> 'member';
create index users_of_avatar on users (avatar_file_id) where avatar_file_id is not null;
create index users_newest on users (created_at, id) where deleted_at is null;
create index sessions_of_user on sessions (user_id, last_seen_at);
create index sessions_ended on sessions (ended_at) where ended_at is not null;
create index sessions_expired on sessions (expires_at);
create index invites_of_user on invites (created_by, created_at, id);
create index files_raised on files (epoch_at) where epoch_at is not null;
create index files_of_owner on files (owner_id, created_at, id) where deleted_at is null;
create index files_of_post on files (post_id, position) where post_id is not null;
create index files_loose on files (created_at) where post_id is null and deleted_at is null;
create index files_deleted on files (deleted_at) where deleted_at is not null;
create index posts_newest on posts (published_at, id) where deleted_at is null;
create index posts_of_author on posts (author_id, published_at, id) where deleted_at is null;
create index follows_of_follower on follows (follower_id, created_at, followee_id);
create index follows_newest on follows (followee_id, created_at, follower_id);
create index inbox_unread on inbox (user_id, post_id) where read = 0;
create index notifications_newest on notifications (user_id, at, id);
create index notifications_unread on notifications (user_id) where read = 0;
create index notifications_of_file on notifications (file_id) where file_id is not null;
create unique index notifications_of_post on notifications (user_id, post_id) where kind = 'post';
create index jobs_due on jobs (lane, due_at) where died_at is null;
create index jobs_newest on jobs (created_at, id);
create index jobs_dead on jobs (died_at) where died_at is not null;
create index idempotency_old on idempotency (created_at);
