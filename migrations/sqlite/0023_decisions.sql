-- Purchases that can still be undone are not shown before this time. The age that a buyer confirmed.
alter table purchases add column undo_until integer;
alter table users add column buyer_age integer;

-- Buyers who ask for their coins back.
create table refund_requests (
  id integer primary key autoincrement, purchase_id integer not null unique references purchases (id),
  buyer_id integer not null references users (id), author_id integer not null references users (id), reason text not null,
  status text not null default 'asked' check (status in ('asked', 'refunded', 'refused', 'withdrawn')),
  at integer not null, decided_at integer, decided_by integer references users (id), answer text,
  check ((status = 'asked') = (decided_at is null))
);

create index refund_requests_newest on refund_requests (at, id);
create index refund_requests_of_buyer on refund_requests (buyer_id, at, id);
create index refund_requests_of_author on refund_requests (author_id, at, id);
