-- What a post was imported from, so that a second import does not bring it again. Null for posts that were written here.
alter table posts add column source text;
create index posts_by_source on posts (author_id, source) where source is not null;
