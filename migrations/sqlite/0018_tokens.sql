-- Personal access tokens are sessions with scopes. Sessions of people who signed in have none.
alter table sessions add column scopes text;
alter table sessions add column used_at integer;
create index tokens_of_user on sessions (user_id, created_at) where scopes is not null;
