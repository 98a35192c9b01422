/** Taking one's data along. */
export const leaving = {
  'My data': '내 데이터',
  'Collect everything of yours in one zip: your photos and videos as you uploaded them, your posts, comments and bookmarks, what you bought, and all that is stored about you. A browser opens it without a network.':
    '내 모든 데이터를 zip 파일 하나로 받아요. 업로드한 원본 사진과 동영상, 게시물, 댓글, 북마크, 구매한 게시물, 나에 대해 저장된 모든 정보가 들어 있어요. 인터넷 없이도 브라우저에서 열어 볼 수 있어요.',
  'Collect my data': '내 데이터 모으기',
  'This may take a while. You will be notified.': '시간이 조금 걸릴 수 있어요. 준비되면 알려 드려요.',
  'You have not collected your data yet.': '아직 데이터를 모은 적이 없어요.',
  Ready: '준비됨',
  'Being collected…': '모으는 중…',
  'until {day}': '{day}까지',
  'Your data is being collected already.': '이미 데이터를 모으고 있어요.',
  'You can collect your data three times a day. Please try again tomorrow.':
    '데이터는 하루에 세 번까지 모을 수 있어요. 내일 다시 시도해 주세요.',
  'There is no such export. It may have expired.': '찾는 데이터 파일이 없어요. 만료되었을 수 있어요.',
  'This zip is not ready.': '아직 zip 파일이 준비되지 않았어요.',
  'This zip has expired. Collect your data again.': 'zip 파일이 만료되었어요. 데이터를 다시 모아 주세요.',
  'Everything of yours is collected. You can download it for a week.':
    '내 데이터를 모두 모았어요. 일주일 동안 내려받을 수 있어요.',
  'Your data could not be collected. See why, and try again.':
    '데이터를 모으지 못했어요. 이유를 확인하고 다시 시도해 주세요.',
  'The server has too little room for this file. The staff can export your data to another disk.':
    '서버에 이 파일을 둘 공간이 부족해요. 운영진에게 요청하면 다른 디스크로 데이터를 받을 수 있어요.',
  'Collecting your data was interrupted. Please try again.': '데이터를 모으다가 중단되었어요. 다시 시도해 주세요.',
  'Data exported': '데이터 내보내기',

  'Not published yet': '아직 게시하지 않음',
  'On post {n}': '게시물 {n}에',
  'Collected from {name} on {time}.': '{time}에 {name}에서 모은 데이터예요.',
  'Member since {day}.': '{day}에 가입했어요.',
  'Your photos and videos, as you uploaded them': '업로드한 그대로의 원본 사진과 동영상',
  'The bytes of {n} files are lost on the server. Their descriptions are in data/files.json.':
    '파일 {n}개의 내용이 서버에 없어요. 파일 정보는 data/files.json에 있어요.',
  'For programs': '프로그램용 파일',
}
