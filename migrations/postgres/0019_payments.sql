-- Providers that move money only after the buyer came back: what they brought, and the account that waits for a deposit.
alter table checkouts add column approval text;
alter table checkouts add column secret text;
alter table checkouts add column deposit text;

-- Bank transfers: who transfers which amount until when. Payouts: the account that is paid, encrypted.
alter table topups add column depositor text;
alter table topups add column amount bigint;
alter table topups add column currency text;
alter table topups add column due_at bigint;
alter table payouts add column account text;
