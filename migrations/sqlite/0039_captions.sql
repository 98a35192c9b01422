-- The captions of a video by language, as JSON: the size and the hash of each file. Their bytes lie beside the renditions.
alter table files add column captions text not null default '{}';
