/** Private accounts, pinned posts, muted posts and words, activity, guest links and several accounts on one device. */
export const mine = {
  'Private account': '비공개 계정',
  'Only followers whom you accept see your posts. Turning this off accepts everyone who asked.':
    '내가 수락한 팔로워만 게시물을 볼 수 있어요. 비공개를 끄면 기다리던 팔로우 요청을 모두 수락해요.',
  'This account is private. Its followers see the posts.': '비공개 계정이에요. 팔로워만 게시물을 볼 수 있어요.',
  'Follow requests': '팔로우 요청',
  'Accepted requests': '수락된 팔로우 요청',
  Requested: '요청함',
  'Withdraw the request to follow {name}': '{name} 님에게 보낸 팔로우 요청 취소하기',
  '{n} people ask to follow you': '팔로우 요청 {n}건',
  'People you accept see all your posts. People you refuse are not told.':
    '수락하면 내 게시물을 모두 볼 수 있어요. 거절해도 상대방에게 알리지 않아요.',
  'Nobody is waiting for your answer.': '기다리는 팔로우 요청이 없어요.',
  Accept: '수락',
  'Accept {name}': '{name} 님의 요청 수락하기',
  'Refuse {name}': '{name} 님의 요청 거절하기',
  'Accepted.': '수락했어요.',
  'Refused.': '거절했어요.',
  'This person has not asked to follow you.': '이 회원이 보낸 팔로우 요청이 없어요.',
  '{name} asks to follow you.': '{name} 님이 팔로우를 요청했어요.',
  '{name} and {n} others ask to follow you.': '{name} 님 외 {n}명이 팔로우를 요청했어요.',
  '{name} lets you follow them now.': '{name} 님이 팔로우 요청을 수락했어요.',

  'Pin to my profile': '프로필에 고정',
  'Unpin from my profile': '프로필 고정 해제',
  'You can pin three posts. Unpin another one first.':
    '게시물은 세 개까지 고정할 수 있어요. 먼저 다른 게시물의 고정을 해제해 주세요.',
  'Only published posts can be pinned.': '게시된 게시물만 고정할 수 있어요.',
  Edited: '수정됨 ·',

  'Link for a guest': '손님용 링크',
  'Links for guests': '손님용 링크',
  '{name} paid {n} coins to show your post to a guest.': '{name} 님이 코인 {n}개로 내 게시물을 손님에게 보여 줬어요.',
  'A look at a post by {name}': '{name} 님의 게시물',
  'A look': '게시물 보기',
  'Give a look': '손님에게 보여 주기',
  'Look now': '지금 보기',
  'You can look until {time}.': '{time}까지 볼 수 있어요.',
  'After that, {n} looks are left.': '그 뒤에도 {n}번 더 볼 수 있어요.',
  '{giver} gives you a look at one of their posts.': '{giver} 님이 자신의 게시물을 보여 드려요.',
  '{giver} gives you a look at a post by {author}.': '{giver} 님이 {author} 님의 게시물을 보여 드려요.',
  '{n} looks are left, each for an hour.': '한 시간씩 {n}번 볼 수 있어요.',
  'You can look for {n} hours.': '{n}시간 동안 볼 수 있어요.',
  'The link then works in this browser only.': '보기 시작하면 링크는 이 브라우저에서만 열려요.',
  'Number of looks': '볼 수 있는 횟수',
  Hours: '시간',
  'A number of looks, an hour each': '한 시간씩 여러 번',
  'One look of some hours': '한 번에 오래',
  'Make the link': '링크 만들기',
  'Make the link · {n} coins': '링크 만들기 · 코인 {n}개',
  'Somebody without an account can see this one post by your link. It works in the browser that opens it first.':
    '계정이 없는 사람도 링크로 이 게시물 하나를 볼 수 있어요. 처음 연 브라우저에서만 열려요.',
  'You can end the link at any time.': '링크는 언제든지 끊을 수 있어요.',
  'You can end the link at any time. If nobody has opened it, you get your coins back.':
    '링크는 언제든지 끊을 수 있어요. 아무도 열지 않았다면 코인을 돌려받아요.',
  'Only its author can show this post to guests.': '이 게시물은 작성자만 손님에게 보여 줄 수 있어요.',
  'Ended unopened; the coins came back': '열지 않고 종료됨 · 코인을 돌려받았어요',
  Ended: '종료됨',
  Opened: '열림',
  'Not opened yet · waits until {day}': '아직 열지 않음 · {day}까지 유효',
  '{used} of {uses} looks': '{uses}번 중 {used}번 봄',
  'End the link': '링크 끊기',
  'Nobody has opened it, so you get your coins back.': '아무도 열지 않아서 코인을 돌려받아요.',
  'The link stops working, also for whoever has opened it.': '이미 연 사람도 더는 이 링크로 볼 수 없어요.',
  'Whoever has opened it sees the post no longer. Coins do not come back.':
    '링크를 연 사람은 더 볼 수 없어요. 코인은 돌려받지 못해요.',
  'With the menu of a post you can show it to somebody without an account.':
    '게시물 메뉴에서 계정이 없는 사람에게 보여 줄 수 있어요.',
  'You have made no links for guests.': '만든 손님용 링크가 없어요.',
  'This link belongs to the browser that opened it first.': '처음 연 브라우저에서만 볼 수 있는 링크예요.',
  'Links for guests are turned off in this community.': '이 커뮤니티에서는 손님용 링크를 쓰지 않아요.',
  'Only its author can show a post for followers to others.':
    '팔로워 공개 게시물은 작성자만 다른 사람에게 보여 줄 수 있어요.',
  'You have 100 open links. End one of them first.': '열려 있는 링크가 100개예요. 먼저 하나를 끊어 주세요.',
  'Coins are turned off, so only authors can make such links.': '코인을 쓰지 않아서 작성자만 링크를 만들 수 있어요.',
  'A link can be good for at most 10 looks.': '최대 10번까지 볼 수 있게 할 수 있어요.',
  'A look can last at most 72 hours.': '최대 72시간까지 볼 수 있게 할 수 있어요.',
  'Let members show single posts to people without an account': '계정이 없는 사람에게 게시물을 보여 줄 수 있게 하기',
  'They give a link for one post, which ends by itself. It shows paid posts only for their price.':
    '저절로 끝나는 링크로 게시물 하나만 보여 줘요. 유료 게시물은 그 가격만큼 코인을 내야 보여 줄 수 있어요.',

  Accounts: '계정 목록',
  'Switch account': '계정 전환',
  Switch: '전환',
  'Go on as {name}': '{name} 님으로 계속하기',
  'In use': '사용 중',
  'Add an account': '계정 추가',
  'Five accounts can be signed in here. Sign out of one to add another.':
    '계정은 다섯 개까지 로그인해 둘 수 있어요. 추가하려면 하나를 로그아웃해 주세요.',
  'This account is no longer signed in here. Please sign in again.':
    '로그인이 만료된 계정이에요. 다시 로그인해 주세요.',

  'What I did': '내가 남긴 활동',
  'Posts that you like appear here. Only you can see this list.':
    '좋아요를 누른 게시물이 여기에 모여요. 나만 볼 수 있어요.',
  'Your comments appear here. Only you can see this list.': '내가 쓴 댓글이 여기에 모여요. 나만 볼 수 있어요.',
  'Change the order': '순서 바꾸기',
  'Order of collections': '모음 순서',
  'Order of {name}': '{name} 순서',
  'Move {name} up': '{name} 위로 옮기기',
  'Move {name} down': '{name} 아래로 옮기기',
  'Something in this order does not exist any more. Reload the page and try again.':
    '순서를 바꾸는 동안 삭제된 항목이 있어요. 새로고침한 뒤 다시 시도해 주세요.',
  '{name} will no longer follow you, and is not told.': '{name} 님의 팔로우가 끊겨요. 상대방에게는 알리지 않아요.',
  'Remove {name} from my followers': '{name} 님을 팔로워에서 삭제하기',
  'Profile of {name}': '{name} 님의 프로필',
  'Search for people': '회원 검색',
  'Name, handle or email': '이름, 아이디 또는 이메일',

  '{name} invites you. Choose a name, a handle and a password.':
    '{name} 님이 초대했어요! 이름과 아이디, 비밀번호를 정해 주세요.',

  'Not interested': '관심 없음',
  'Undo “Not interested”': '관심 없음 취소',
  Undo: '실행 취소',
  'You will no longer be shown this post.': '앞으로 이 게시물을 보여 드리지 않을게요.',
  'Mute @{handle}': '@{handle} 님 소식 숨기기',
  'You do not see these posts in your lists or get notifications about them. Nobody is told.':
    '관심 없음으로 표시한 게시물이에요. 홈과 구독함, 둘러보기, 검색에 보이지 않고 알림도 오지 않아요. 다른 회원은 알 수 없어요.',
  'You have not marked any post as “Not interested”.': '관심 없음으로 표시한 게시물이 없어요.',
  'You have not marked this post as “Not interested”.': '관심 없음으로 표시한 게시물이 아니에요.',

  'Muted words': '숨긴 단어',
  'Mute this word': '숨기기',
  'There is nothing to sort here yet.': '아직 순서를 바꿀 것이 없어요.',
  'Word or #tag': '단어 또는 #태그',
  'Posts with it stay out of your main page, inbox, explore and search. Nobody is told.':
    '이 단어가 있는 게시물은 홈과 구독함, 둘러보기, 검색에 보이지 않아요. 다른 회원은 알 수 없어요.',
  'Show posts with {text} again': '{text} 숨김 해제하기',
  'You have not muted any words.': '숨긴 단어가 없어요.',
  'Enter a word or a #tag.': '단어나 #태그를 입력해 주세요.',
  'You can mute at most 100 words. Unmute one first.': '단어는 100개까지 숨길 수 있어요. 먼저 하나를 해제해 주세요.',
}
