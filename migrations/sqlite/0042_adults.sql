-- Posts that only people who have confirmed their age can see.
alter table posts add column adults_only integer not null default 0;
alter table drafts add column adults_only integer not null default 0;
-- When a person confirmed their age, or the staff did. A birthday by which somebody is still too young is not stored,
-- only the time from which they are old enough.
alter table users add column adult_at integer;
alter table users add column adult_from integer;
