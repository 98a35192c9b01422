-- What somebody wants to hear of, and where: one row for each kind they changed; without a row the defaults of the kind count.
create table notification_choices (
  user_id integer not null references users (id),
  kind text not null,
  page integer not null,
  push integer not null,
  mail integer not null,
  primary key (user_id, kind)
) without rowid;

-- When pushes wait: minutes after midnight in the person's time zone. From 23:00 to 07:00 is (1380, 420).
create table quiet_hours (
  user_id integer primary key references users (id),
  from_minute integer not null check (from_minute between 0 and 1439),
  until_minute integer not null check (until_minute between 0 and 1439),
  time_zone text not null
);
