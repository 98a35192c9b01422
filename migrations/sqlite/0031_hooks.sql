-- Addresses of members' own servers, which are told what happens (Standard Webhooks). The secret is encrypted.
create table hooks (
  id integer primary key autoincrement, user_id integer not null references users (id), session_id integer, url text not null, events text not null,
  secret text not null, created_at integer not null, last_success_at integer, failing_since integer, failures integer not null default 0,
  resume_at integer, disabled_at integer, problem text
);
create index hooks_of_user on hooks (user_id, created_at, id);
create table hook_deliveries (
  id integer primary key autoincrement, hook_id integer not null references hooks (id) on delete cascade, type text not null, at integer not null,
  actor_id integer references users (id), post_id integer, comment_id integer, coins integer,
  due_at integer not null, attempts integer not null default 0, done_at integer, outcome text, status integer, detail text
);
create index hook_deliveries_of_hook on hook_deliveries (hook_id, at, id);
create index hook_deliveries_due on hook_deliveries (hook_id, due_at, id) where done_at is null;
create index hook_deliveries_done on hook_deliveries (done_at) where done_at is not null;
