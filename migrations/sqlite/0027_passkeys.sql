-- Passkeys (WebAuthn): people sign in with a key on their device instead of a password. The server has the public part.
create table passkeys (
  id integer primary key autoincrement,
  user_id integer not null references users (id),
  -- The id by which the device knows the key, and the public key itself, both in base64url.
  credential_id text not null unique,
  public_key text not null,
  -- The host name that the key belongs to. A browser uses the key nowhere else.
  host text not null,
  -- How often the key was used, if the device counts; a smaller number is that of a copy.
  counter integer not null,
  transports text not null,
  -- Whether the device keeps a copy of the key elsewhere, so that losing the device does not lose the key.
  synced integer not null,
  name text not null,
  created_at integer not null,
  used_at integer
);
create index passkeys_of_user on passkeys (user_id, created_at, id);
-- Answers of passkeys that were accepted, so that none is accepted twice. A row is deleted when the answer has expired.
create table used_challenges (
  id text primary key,
  expires_at integer not null
) without rowid;
create index used_challenges_expired on used_challenges (expires_at);
-- When the person last proved by a passkey that they are there, in this session.
alter table sessions add column passkey_at integer;
