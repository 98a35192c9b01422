-- What authors change about their files before they publish them: the part that is shown, how it is turned, the ends of
-- a video and its cover. The second column says from which of these changes the stored renditions were made.
alter table files add column edit text not null default '{}';
alter table files add column made_from text;
