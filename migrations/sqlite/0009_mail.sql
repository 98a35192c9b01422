-- Whether the person has confirmed the address, and the mail server's error if it does not accept mail for the address.
alter table users add column email_verified_at integer;
alter table users add column email_refused_at integer;
alter table users add column email_refusal text;
-- The language of the browser in which the address was entered, for people who have not chosen a language.
alter table users add column mail_locale text;

create table email_verifications (
  id integer primary key autoincrement, user_id integer not null references users (id), email text not null,
  created_at integer not null, expires_at integer not null, used_at integer
);
-- How often a person gets a digest and in which time zone, when the next one is due, the start of the period that it covers,
-- and up to when notifications were mailed.
create table mailings (
  user_id integer primary key references users (id), digest text not null default 'off', time_zone text, digest_at integer, digest_from integer,
  notices_upto integer, notices_sent_at integer,
  check ((digest = 'off') = (digest_at is null))
);

create index users_of_email on users (lower(email)) where email_verified_at is not null;
create index email_verifications_of_user on email_verifications (user_id);
create index mailings_due on mailings (digest_at) where digest_at is not null;
