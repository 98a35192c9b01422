-- Search indexes over pieces of words. Their text is made by the program (src/db/search-text.ts), so a job fills them
-- for rows that exist already. The text itself is not stored a second time.
create virtual table captions using fts5 (
  words, initials, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '<>'"
);
create virtual table names using fts5 (
  words, initials, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '<>'"
);
create virtual table tag_names using fts5 (
  words, initials, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '<>'"
);
-- The tags of published posts. `posts` counts all of them, whoever may see them; it decides only the order of tags.
create table tags (id integer primary key autoincrement, tag text not null unique, posts integer not null default 0);
create table tagged (
  tag_id integer not null references tags (id), at integer not null, post_id integer not null references posts (id),
  primary key (tag_id, at, post_id)
) without rowid;
create index tagged_of_post on tagged (post_id);
-- What is liked now, and whom many people follow.
create index likes_newest on likes (at, post_id);
create index users_most_followed on users (followers, id) where deleted_at is null and suspended_at is null;
insert into jobs (kind, lane, payload, created_at, due_at)
  select 'search.fill', 'rest', '{"posts":0,"people":0}', created_at, created_at from users order by id limit 1;
