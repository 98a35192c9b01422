-- What the host wrote: rules, terms, privacy, imprint and contact.
create table pages (name text primary key, text text not null, changed_at integer not null) without rowid;
-- When a member last agreed to the rules, terms and privacy statement.
alter table users add column agreed_at integer;
