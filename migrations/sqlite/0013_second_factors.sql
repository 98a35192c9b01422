-- Two-step verification: codes of an authenticator app (RFC 6238) besides the password, at most one secret a person.
create table second_factors (
  user_id integer primary key references users (id),
  -- Encrypted with a key from secrets.json.
  secret text not null,
  -- Null until the first right code proves that the app has the secret.
  confirmed_at integer,
  -- The time step of the last accepted code, so that no code is accepted twice.
  last_step integer not null default 0,
  -- Wrong codes in a row, and when the next code is accepted after too many of them.
  failures integer not null default 0,
  retry_at integer
);
-- What still opens the account when the app is lost. A row is deleted when its code is used.
create table recovery_codes (
  user_id integer not null references users (id),
  code_hash text not null,
  primary key (user_id, code_hash)
) without rowid;
