-- Every coin is on exactly one account. `issued` is negative and counts the coins created; all accounts together sum to 0.
create table coin_accounts (
  id integer primary key autoincrement, kind text not null, user_id integer references users (id),
  balance integer not null default 0, earned integer not null default 0,
  check (typeof (balance) = 'integer' and typeof (earned) = 'integer' and abs(balance) <= 9007199254740991),
  check (case when kind in ('issued', 'debt') then balance <= 0 and earned = 0 else earned >= 0 and earned <= balance end)
);
create table transfers (
  id integer primary key autoincrement, cause text not null unique, kind text not null, at integer not null,
  post_id integer references posts (id), note text, hash text not null
);
create table entries (
  id integer primary key autoincrement, transfer_id integer not null references transfers (id), account_id integer not null references coin_accounts (id),
  kind text not null, at integer not null, coins integer not null check (coins <> 0), earned integer not null, balance_after integer not null, earned_after integer not null
);
create table vouchers (
  id integer primary key autoincrement, code_hash text not null unique, coins integer not null, uses integer not null, used integer not null default 0,
  created_by integer references users (id), created_at integer not null, expires_at integer, ended_at integer,
  check (used <= uses)
);
create table redemptions (
  voucher_id integer not null references vouchers (id), user_id integer not null references users (id), transfer_id integer not null references transfers (id),
  at integer not null, primary key (voucher_id, user_id)
) without rowid;
create table purchases (
  id integer primary key autoincrement, buyer_id integer not null references users (id), post_id integer not null references posts (id),
  price integer not null, transfer_id integer not null unique references transfers (id), at integer not null,
  ended_at integer, refund_id integer unique references transfers (id)
);
alter table notifications add column coins integer;
alter table posts add column removed_at integer;
alter table jobs add column leased integer not null default 0;

create unique index coin_accounts_of on coin_accounts (kind, coalesce(user_id, 0));
create index entries_of_account on entries (account_id, at, id);
create index entries_of_transfer on entries (transfer_id);
create index vouchers_newest on vouchers (created_at, id);
create index purchases_of_buyer on purchases (buyer_id, post_id);
create unique index purchases_held on purchases (buyer_id, post_id) where ended_at is null;
create index purchases_newest on purchases (buyer_id, at, id) where ended_at is null;
create index purchases_of_post on purchases (post_id) where ended_at is null;
