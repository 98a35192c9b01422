-- Private accounts show their posts to accepted followers only. The other rows are people who asked to follow one.
alter table users add column private integer not null default 0;
create table follow_requests (
  followee_id integer not null references users (id), follower_id integer not null references users (id),
  notify integer not null default 1, created_at integer not null, primary key (followee_id, follower_id)
) without rowid;
create index follow_requests_newest on follow_requests (followee_id, created_at, follower_id);
create index follow_requests_of_follower on follow_requests (follower_id);

-- Posts at the top of a profile, and when a published post was last changed.
alter table posts add column pinned_at integer;
alter table posts add column edited_at integer;
create index posts_pinned on posts (author_id, pinned_at) where pinned_at is not null;

-- Words and tags whose posts a person does not want to come across. A tag is compared with the tags of a post. Other
-- words are compared with the search index, so they are kept as the pieces that the index consists of.
create table muted_words (
  id integer primary key autoincrement, user_id integer not null references users (id), text text not null,
  tag text, grams text, open integer not null default 0, created_at integer not null,
  check ((tag is null) <> (grams is null))
);
create unique index muted_words_once on muted_words (user_id, text);
create index muted_words_newest on muted_words (user_id, created_at, id);

-- The order that people give to their collections and to the posts in them. The highest place comes first.
alter table collections add column place integer not null default 0;
update collections set place = created_at;
drop index collections_of_user;
create index collections_in_order on collections (user_id, place, id);
alter table collected add column place integer not null default 0;
update collected set place = at;
drop index collected_newest;
create index collected_in_order on collected (collection_id, place, post_id);

-- What a person liked and wrote, newest first.
drop index likes_of_user;
create index likes_by_user on likes (user_id, at, post_id);
create index comments_by_author on comments (author_id, created_at, id) where deleted_at is null;

-- Links by which somebody without an account sees one post a number of times, or for a number of hours. A link belongs
-- to the first browser that opens it. `open_until` is the end of the look that was begun last.
create table looks (
  id integer primary key autoincrement, post_id integer not null references posts (id),
  giver_id integer not null references users (id), coins integer not null default 0, fee integer not null default 0,
  transfer_id integer unique references transfers (id), times integer, hours integer, used integer not null default 0,
  created_at integer not null, expires_at integer not null, first_at integer, open_until integer, ended_at integer,
  refund_id integer unique references transfers (id),
  check ((times is null) <> (hours is null)), check ((used = 0) = (first_at is null)),
  check (refund_id is null or (ended_at is not null and used = 0))
);
create index looks_of_giver on looks (giver_id, created_at, id);
create index looks_of_post on looks (post_id) where ended_at is null;
create index looks_due on looks (expires_at) where ended_at is null;
create index looks_ended on looks (ended_at) where ended_at is not null;
