-- When a person asked to join. It is set while the staff have not approved them, and stays when the staff refused them.
alter table users add column waiting_at bigint;
alter table users add column refused_at bigint;
alter table users add column refusal text;
create index users_waiting on users (waiting_at, id) where waiting_at is not null;
-- Whether the person has to confirm their email address before they can take part.
alter table users add column must_confirm boolean not null default false;
