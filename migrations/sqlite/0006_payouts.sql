-- `payer_id` is the person who paid for a gift (null if the buyer paid). The fee is what the operator kept of the price.
alter table purchases add column payer_id integer references users (id);
alter table purchases add column fee integer not null default 0;
create table tips (
  id integer primary key autoincrement, from_id integer not null references users (id), to_id integer not null references users (id),
  post_id integer references posts (id), coins integer not null check (coins > 0), fee integer not null,
  transfer_id integer not null unique references transfers (id), at integer not null
);
-- The requested coins are on the person's `reserved` account until the payout is decided.
create table payouts (
  id integer primary key autoincrement, user_id integer not null references users (id), coins integer not null check (coins > 0),
  status text not null default 'asked' check (status in ('asked', 'paid', 'refused', 'withdrawn')),
  at integer not null, transfer_id integer not null unique references transfers (id),
  decided_at integer, decided_by integer references users (id), decision_id integer unique references transfers (id), note text,
  check ((status = 'asked') = (decided_at is null) and (status = 'asked') = (decision_id is null))
);

create index purchases_sold on purchases (post_id, at, id);
create index payouts_newest on payouts (at, id);
create index payouts_of_user on payouts (user_id, at, id);
create index payouts_of_status on payouts (status, at, id);
