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

-- Bursts are one row: how many people it tells of, and since when it gathers them. The coins of a burst are their sum.
alter table notifications add column comment_id integer;
alter table notifications add column note text;
alter table notifications add column count integer not null default 1;
alter table notifications add column begun_at integer;
create index notifications_of_subject on notifications (user_id, kind, post_id);
create index notifications_of_comment on notifications (comment_id) where comment_id is not null;

-- What each row gathers: who did it, and in which comment (0 is none), so that every one of them can be taken back.
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
