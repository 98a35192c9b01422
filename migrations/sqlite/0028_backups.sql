-- How each backup ended. `error` is null for one that was proved.
create table backups (
  id integer primary key autoincrement, at integer not null, took_ms integer not null, place text not null,
  error text, files integer, bytes integer, new_bytes integer
);
create index backups_newest on backups (at, id);
