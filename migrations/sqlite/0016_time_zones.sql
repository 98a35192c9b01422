-- The time zone that a member chose; null for that of the community.
alter table users add column time_zone text;
