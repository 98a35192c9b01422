/** Taking one's data along. */
export const leaving = {
  'My data': '내 데이터',
  'Collect everything of yours in one zip: your photos and videos as you uploaded them, your posts, comments and bookmarks, what you bought, and all that is stored about you. A browser opens it without a network.':
    '내 모든 데이터를 zip 파일 하나로 받아요. 업로드한 원본 사진과 동영상, 게시물, 댓글, 북마크, 구매한 게시물, 나에 대해 저장된 모든 정보가 들어 있어요. 인터넷 없이도 브라우저에서 열어 볼 수 있어요.',
  'Collect my data': '데이터 파일 만들기',
  'This may take a while. You will be notified.': '시간이 조금 걸릴 수 있어요. 준비되면 알려 드려요.',
  'You have not collected your data yet.': '아직 만든 데이터 파일이 없어요.',
  Ready: '준비됨',
  'Being collected…': '만드는 중…',
  'until {day}': '{day}까지',
  'Your data is being collected already. You will be notified when it is ready.':
    '이미 데이터 파일을 만들고 있어요. 준비되면 알려 드릴게요.',
  'You can collect your data three times a day. Please try again tomorrow.':
    '데이터 파일은 하루에 세 번까지 만들 수 있어요. 내일 다시 시도해 주세요.',
  'There is no such export. It may have expired.': '데이터 파일을 찾을 수 없어요. 만료됐을 수 있어요.',
  'This zip is not ready yet. You will be notified when it is.':
    '아직 zip 파일이 준비되지 않았어요. 준비되면 알려 드릴게요.',
  'This zip has expired. Collect your data again.': '만료된 zip 파일이에요. 데이터 파일을 다시 만들어 주세요.',
  'This zip may hold something that you can no longer open. Collect your data again.':
    '이 zip 파일에는 이제 볼 수 없는 게시물이 들어 있을 수 있어요. 데이터 파일을 다시 만들어 주세요.',
  'Everything of yours is collected. You can download it for a week.':
    '내 데이터 파일이 준비됐어요. 일주일 동안 내려받을 수 있어요.',
  'Your data could not be collected. See why, and try again.':
    '데이터 파일을 만들지 못했어요. 이유를 확인하고 다시 시도해 주세요.',
  'The server has too little room for this file. The staff can export your data to another disk.':
    '서버에 이 파일을 둘 공간이 부족해요. 운영진에게 요청하면 다른 디스크로 데이터를 받을 수 있어요.',
  'Collecting your data was interrupted. Please try again.': '데이터 파일을 만들다가 중단됐어요. 다시 시도해 주세요.',
  'Data exported': '데이터 내보내기',

  'It is hidden at once and erased after {n} days. Until then you can come back by signing in.':
    '바로 숨겨지고 {n}일 뒤에 완전히 삭제돼요. 그 전에는 로그인해서 돌아올 수 있어요.',
  'Take my data along first': '먼저 내 데이터 받기',
  'Erase everything now. I will not come back.': '지금 모두 완전히 삭제해요. 돌아오지 않을게요.',
  'This account is being deleted and will be erased on {day}. To keep it, confirm that you want to come back.':
    '삭제 중인 계정이에요. {day}에 완전히 삭제돼요. 계속 쓰려면 돌아오겠다고 확인해 주세요.',
  'Keep my account': '계정을 계속 쓸게요',
  'Your account will be deleted': '계정이 곧 삭제돼요',
  'You can come back until {day}.': '{day}까지 돌아올 수 있어요.',
  'The account {handle} at {name} is hidden now, and everything in it will be erased on {day}.':
    '{name}의 {handle} 계정이 숨겨졌고, {day}에 모든 내용이 완전히 삭제돼요.',
  'If you change your mind, or if this was not you, sign in before that day.':
    '마음이 바뀌었거나 직접 삭제하지 않았다면 그 전에 로그인해 주세요.',
  'Being deleted': '삭제 중',
  'Deletion begun': '계정 삭제 시작',
  'Deletion cancelled': '계정 삭제 취소',
  'Days until a deleted account is erased': '삭제한 계정을 완전히 지울 때까지의 일수',
  'Until then it is hidden, and its owner can come back by signing in. With 0 it is erased at once.':
    '그동안 계정은 숨겨지고, 주인은 로그인해서 돌아올 수 있어요. 0이면 바로 완전히 지워요.',
  'Delete your own account under Account.': '내 계정은 계정 페이지에서 삭제해 주세요.',
  'They lose {n} coins.': '남은 코인 {n}개도 함께 사라져요.',
  'Erase everything now. Nobody can undo that.': '지금 모두 완전히 삭제해요. 되돌릴 수 없어요.',
  'Delete the account': '계정 삭제',
  'Delete the account of {name}': '{name} 님의 계정 삭제',
  'It is hidden at once and erased after some days. Until then they can come back by signing in, unless you suspend them. Buyers keep what they bought.':
    '바로 숨겨지고 며칠 뒤 완전히 삭제돼요. 이용을 정지하지 않으면 그 전에는 로그인해서 돌아올 수 있어요. 구매한 회원은 산 게시물을 계속 볼 수 있어요.',
  'It will be erased on {day}.': '{day}에 완전히 삭제돼요.',
  'Keep the account': '계정 유지',

  'Not published yet': '아직 게시하지 않음',
  'On post {n}': '게시물 {n}에',
  'Collected from {name} on {time}.': '{time}에 {name}에서 만든 데이터 파일이에요.',
  'Member since {day}.': '{day}에 가입했어요.',
  'Your photos and videos, as you uploaded them': '업로드한 그대로의 원본 사진과 동영상',
  'The bytes of {n} files are lost on the server. Their descriptions are in data/files.json.':
    '파일 {n}개의 내용이 서버에 없어요. 파일 정보는 data/files.json에 있어요.',
  'For programs': '프로그램용 파일',
}
