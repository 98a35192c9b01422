-- The collection into which a draft will be put when it is published, and how a deleted one finds the draft.
alter table drafts add column collection_id integer references collections (id);
create index drafts_of_collection on drafts (collection_id) where collection_id is not null;
