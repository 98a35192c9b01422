-- Many people buy a post soon after each other, so an index that begins with the post has their purchases on one page.
drop index purchases_held;
create unique index purchases_held on purchases (post_id, buyer_id) where ended_at is null;
-- Each like wrote a page of this index, and only the erasure of an account read it.
drop index notification_causes_of_actor;
-- To count the videos that have copies, all photos were read.
create index files_videos on files (id) where kind = 'video';
-- To take a tip out of a notification, all tips were read.
create index tips_received on tips (to_id, at);
-- The list of settled texts was sorted for each page, and nothing asks for what one member of the staff has settled.
create index flags_settled on flags (at, id) where settled_at is not null;
drop index flags_settled_by;
drop index appeals_settled_by;
