-- Posts that do not interest a person, who is not shown them unasked any more.
create table muted_posts (
  user_id bigint not null references users (id), post_id bigint not null references posts (id),
  created_at bigint not null, primary key (user_id, post_id)
);
create index muted_posts_newest on muted_posts (user_id, created_at, post_id);
create index muted_posts_of_post on muted_posts (post_id);
