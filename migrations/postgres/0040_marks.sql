-- The mark of the community that the host chose, as icons of several sizes. The bytes are PNG in base64, and each row
-- has the same hash, that of all of them. Without rows the default mark is shown.
create table marks (name text primary key, hash text not null, bytes text not null);
