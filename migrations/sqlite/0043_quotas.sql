-- A person's own storage in MB, in place of that of their role.
alter table users add column quota_mb integer;
