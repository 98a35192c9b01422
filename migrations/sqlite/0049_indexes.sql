-- Many people buy a post soon after each other, so an index that begins with the post has their purchases on one page.
drop index purchases_held;
create unique index purchases_held on purchases (post_id, buyer_id) where ended_at is null;
-- Each like wrote a page of this index, and only the erasure of an account read it.
drop index notification_causes_of_actor;
-- To count the videos that have copies, all photos were read.
create index files_videos on files (id) where kind = 'video';
