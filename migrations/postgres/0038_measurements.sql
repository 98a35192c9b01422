-- What the community used and did on each day (in UTC), for the charts and the forecast of the staff desk. Sizes are in
-- bytes, as they were measured last on that day; counts grow during the day.
create table measurements (
  day text primary key,
  at bigint not null,
  disk_size bigint not null,
  disk_free bigint not null,
  originals bigint not null,
  renditions bigint not null,
  row_bytes bigint not null,
  uploads bigint not null,
  exports bigint not null,
  backups bigint not null,
  jobs_done bigint not null default 0,
  jobs_failed bigint not null default 0,
  pushes_sent bigint not null default 0,
  pushes_failed bigint not null default 0,
  mails_sent bigint not null default 0,
  mails_failed bigint not null default 0
);
