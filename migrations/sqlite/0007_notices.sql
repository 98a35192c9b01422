-- Notification settings, with one row per kind that a person has changed. Without a row, the defaults of the kind apply.
create table notification_choices (
  user_id integer not null references users (id),
  kind text not null,
  page integer not null,
  push integer not null,
  mail integer not null,
  primary key (user_id, kind)
) without rowid;

-- Quiet hours for pushes, in minutes after midnight in the person's time zone. From 23:00 to 07:00 is (1380, 420).
create table quiet_hours (
  user_id integer primary key references users (id),
  from_minute integer not null check (from_minute between 0 and 1439),
  until_minute integer not null check (until_minute between 0 and 1439),
  time_zone text not null
);

-- A burst of events is one notification, with the number of people and the time of the first event. `coins` is their sum.
alter table notifications add column comment_id integer;
alter table notifications add column note text;
alter table notifications add column count integer not null default 1;
alter table notifications add column begun_at integer;
create index notifications_of_subject on notifications (user_id, kind, post_id);
create index notifications_of_comment on notifications (comment_id) where comment_id is not null;

-- The events in each notification: the person and the comment (0 if none), so that each event can be withdrawn.
create table notification_causes (
  notification_id integer not null references notifications (id) on delete cascade,
  actor_id integer not null references users (id),
  comment_id integer not null,
  at integer not null,
  primary key (notification_id, actor_id, comment_id)
) without rowid;
create index notification_causes_newest on notification_causes (notification_id, at);
create index notification_causes_of_actor on notification_causes (actor_id, notification_id);
create index notification_causes_of_comment on notification_causes (comment_id) where comment_id <> 0;
insert into notification_causes select id, actor_id, 0, at from notifications where kind in ('follow', 'purchase') and actor_id is not null;
