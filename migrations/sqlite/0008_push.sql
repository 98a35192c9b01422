-- Push services, and until when each of them has asked not to be contacted.
create table push_origins (
  id integer primary key autoincrement, origin text not null unique,
  failures integer not null default 0, resume_at integer
);
-- A browser that receives pushes while the session that subscribed it is open, or if null, while the row exists.
create table push_subscriptions (
  id integer primary key autoincrement, user_id integer not null references users (id), session_id integer,
  origin_id integer not null references push_origins (id),
  endpoint text not null unique, p256dh text not null, auth text not null, public_key text not null, locale text not null, name text not null,
  created_at integer not null, last_success_at integer, last_failure_at integer, last_failure text
);
-- One push to one device. Finished pushes are kept for a while as the log of the device, and to prevent queueing a push twice.
create table pushes (
  id integer primary key autoincrement, subscription_id integer not null references push_subscriptions (id) on delete cascade,
  origin_id integer not null, kind text not null, post_id integer, notice_id integer, news text,
  created_at integer not null, due_at integer not null, attempts integer not null default 0,
  done_at integer, outcome text, status integer, detail text
);
-- Only one job with the same key can exist at a time.
alter table jobs add column key text;

create index push_subscriptions_of_user on push_subscriptions (user_id, created_at, id);
create unique index pushes_of_post on pushes (subscription_id, post_id) where kind = 'post';
create unique index pushes_of_notice on pushes (subscription_id, notice_id) where notice_id is not null;
create index pushes_newest on pushes (subscription_id, created_at, id);
create index pushes_due on pushes (origin_id, due_at) where done_at is null;
create index pushes_done on pushes (done_at) where done_at is not null;
create unique index jobs_of_key on jobs (key) where key is not null;
