-- Purchases of coins with money. The row exists before the provider is asked for a payment page. Both sides know it by `reference`.
create table checkouts (
  id integer primary key autoincrement, reference text not null unique, user_id integer not null references users (id),
  coins integer not null check (coins > 0), amount integer not null check (amount > 0), currency text not null,
  provider text not null, session_id text unique, payment_id text unique, url text,
  created_at integer not null, expires_at integer, failed_at integer,
  transfer_id integer unique references transfers (id), paid_at integer,
  claimed integer not null default 0, taken integer not null default 0, asked integer not null default 0,
  check (taken between 0 and coins)
);
-- Reclaimed parts of payments. All refunds of a payment are one claim (`refunds`), and each dispute is another. A claim can
-- arrive before the payment is known.
create table payment_claims (
  payment_id text not null, claim text not null, currency text not null, amount integer not null, stage integer not null, held integer not null,
  at integer not null, primary key (payment_id, claim)
) without rowid;
-- Coins of a checkout that were taken back (positive) or returned (negative).
create table checkout_reversals (
  id integer primary key autoincrement, checkout_id integer not null references checkouts (id), coins integer not null check (coins <> 0),
  transfer_id integer not null unique references transfers (id), at integer not null
);
-- Cash payments that people have reported, for the staff to credit.
create table topups (
  id integer primary key autoincrement, user_id integer not null references users (id), coins integer not null check (coins > 0), note text not null,
  status text not null, created_at integer not null, decided_at integer, decided_by integer references users (id), answer text,
  transfer_id integer unique references transfers (id),
  check ((status = 'approved') = (transfer_id is not null))
);

create index checkouts_newest on checkouts (created_at, id);
create index checkouts_of_user on checkouts (user_id, created_at, id);
create index checkout_reversals_of on checkout_reversals (checkout_id);
create index topups_newest on topups (created_at, id);
create index topups_pending on topups (created_at, id) where status = 'pending';
create index topups_of_user on topups (user_id, created_at, id);
