-- Apps of other people, which act for members who allow it (OAuth 2.1). An app with a secret runs on a server; others
-- run on devices. An app without an owner registered itself.
create table apps (
  id integer primary key autoincrement, client_id text not null unique, secret_hash text, name text not null, site text, redirect_uris text not null,
  owner_id integer references users (id), created_at integer not null, removed_at integer
);
create index apps_of_owner on apps (owner_id, created_at, id) where removed_at is null;
create index apps_by_time on apps (created_at) where owner_id is null;
-- Codes that an app exchanges once for tokens. A row is kept for an hour, so that a code that comes again is noticed.
create table app_codes (
  hash text primary key, app_id integer not null references apps (id), user_id integer not null references users (id),
  allowed_in_id integer not null references sessions (id), redirect_uri text not null, scopes text not null,
  challenge text not null, expires_at integer not null, grant_id integer references sessions (id)
) without rowid;
create index app_codes_expired on app_codes (expires_at);
create index app_codes_of_app on app_codes (app_id);
-- What a member allowed an app is a session with scopes. Each refresh token is valid for one generation.
alter table sessions add column app_id integer references apps (id);
alter table sessions add column generation integer not null default 0;
create index sessions_of_app on sessions (app_id) where app_id is not null;
