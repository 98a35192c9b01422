/** Notifications: the stream, and what somebody wants to hear of. */
export const notices = {
  New: '새 알림',
  Somebody: '누군가',
  '{name} posted something new.': '{name} 님이 새 게시물을 올렸어요.',
  '{name} follows you now.': '{name} 님이 나를 팔로우해요.',
  '{name} and {n} others follow you now.': '{name} 님 외 {n}명이 나를 팔로우해요.',
  'A photo or video could not be prepared. See why, and try again.':
    '사진이나 동영상 하나를 준비하지 못했어요. 이유를 확인하고 다시 시도해 보세요.',
  'Nothing yet. When somebody follows you, it says so here.': '아직 알림이 없어요. 누군가 나를 팔로우하면 알려 드릴게요.',
  '{name} liked your post.': '{name} 님이 내 게시물을 좋아해요.',
  '{name} and {n} others liked your post.': '{name} 님 외 {n}명이 내 게시물을 좋아해요.',
  '{name} commented on a post.': '{name} 님이 게시물에 댓글을 남겼어요.',
  '{name} and {n} others commented on a post.': '{name} 님 외 {n}명이 게시물에 댓글을 남겼어요.',
  '{name} mentioned you.': '{name} 님이 나를 언급했어요.',
  '{name} reported something.': '{name} 님이 신고를 보냈어요.',
  '{name} and {n} others reported something.': '{name} 님 외 {n}명이 신고를 보냈어요.',
  '{name} and others ({others}) bought your post: {n} coins.': '{name} 님 외 {others}명이 내 게시물을 샀어요. 모두 코인 {n}개예요.',
  '{name} tipped you {n} coins.': '{name} 님이 코인 {n}개를 후원했어요.',
  '{name} and others ({others}) tipped you: {n} coins.': '{name} 님 외 {others}명이 후원했어요. 모두 코인 {n}개예요.',
  '{name} gave you a post.': '{name} 님이 게시물을 선물했어요.',
  'Your payout of {n} coins is on its way.': '코인 {n}개의 정산금을 보내고 있어요.',
  'The staff have something for you.': '운영진이 전할 말이 있어요.',
}
