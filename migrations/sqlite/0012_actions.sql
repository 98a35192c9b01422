-- What the staff and the command line have done. A row names people by their ids, so that no handle outlives its account.
-- `staff_id` is null for the command line, and `user_id` where no person is concerned.
create table actions (
  id integer primary key autoincrement, at integer not null, kind text not null,
  staff_id integer references users (id), user_id integer references users (id),
  reason text, detail text not null default '{}'
);
create index actions_newest on actions (at, id);
create index actions_of_staff on actions (staff_id, at, id);
create index actions_on_user on actions (user_id, at, id);
create index actions_of_kind on actions (kind, at, id);

-- Nobody can change or delete a row. The third trigger is needed because `insert or replace` fires no delete triggers.
create trigger actions_never_updated before update on actions begin
  select raise(abort, 'Recorded actions cannot be changed.');
end;
create trigger actions_never_deleted before delete on actions begin
  select raise(abort, 'Recorded actions cannot be deleted.');
end;
create trigger actions_never_replaced before insert on actions when exists (select 1 from actions where id = new.id) begin
  select raise(abort, 'Recorded actions cannot be replaced.');
end;
