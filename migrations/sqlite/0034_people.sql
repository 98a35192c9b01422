-- When a person last signed in or used a session, to the day. Sessions are deleted after a while, and this stays.
alter table users add column seen_at integer;
update users set seen_at = (select max(last_seen_at) from sessions where sessions.user_id = users.id);
create index users_last_seen on users (coalesce(seen_at, 0), id) where deleted_at is null;
create index users_by_storage on users (storage_used, id) where deleted_at is null;
-- The invitation by which a person joined. It is not known of people who joined before this column existed. There is no
-- foreign key, because invitations refer to the people who made them, and `pinhole move` copies one table after the other.
alter table users add column invite_id integer;
create index users_of_invite on users (invite_id) where invite_id is not null;
create index invites_newest on invites (created_at, id) where ended_at is null;
