-- What the community used and did on each day (in UTC), for the charts and the forecast of the staff desk. Sizes are in
-- bytes, as they were measured last on that day; counts grow during the day.
create table measurements (
  day text primary key,
  at integer not null,
  disk_size integer not null,
  disk_free integer not null,
  originals integer not null,
  renditions integer not null,
  row_bytes integer not null,
  uploads integer not null,
  exports integer not null,
  backups integer not null,
  jobs_done integer not null default 0,
  jobs_failed integer not null default 0,
  pushes_sent integer not null default 0,
  pushes_failed integer not null default 0,
  mails_sent integer not null default 0,
  mails_failed integer not null default 0
) without rowid;
