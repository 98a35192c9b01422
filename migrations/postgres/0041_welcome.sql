-- Whether the welcome of the host is still shown to a new member.
alter table users add column is_new boolean not null default false;
