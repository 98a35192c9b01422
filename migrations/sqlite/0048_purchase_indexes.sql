-- purchases_held has those that are held, and purchases_sold begins with the post
drop index purchases_of_buyer;
drop index purchases_of_post;
create index purchases_ended on purchases (buyer_id, post_id) where ended_at is not null;
