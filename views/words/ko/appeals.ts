/** Answers to decisions of the staff. */
export const appeals = {
  'You have answered already. The staff will tell you what they decide.':
    '이미 이의를 신청했어요. 결정되면 운영진이 알려 드려요.',
  'The staff have not removed anything of yours with this number.': '운영진이 삭제한 내 글을 찾을 수 없어요.',
  'Your account is not suspended.': '이용이 정지된 계정이 아니에요.',
  'There is no appeal with this number.': '이의 신청을 찾을 수 없어요.',
  'Name the post or the comment that was removed.': '삭제된 게시물이나 댓글을 지정해 주세요.',
  'A member answered a decision. Please look at it again.': '회원이 이의를 신청했어요. 다시 확인해 주세요.',
  'The staff agree with your answer.': '운영진이 이의를 받아들였어요.',
  'The staff stay with their decision.': '운영진이 결정을 바꾸지 않았어요.',
  'The staff removed something of yours. You can answer once.':
    '운영진이 내 글을 삭제했어요. 한 번 이의를 신청할 수 있어요.',
  'Your answer': '이의 내용',
  'You can answer once. Only the staff read it.': '한 번만 보낼 수 있어요. 운영진만 읽어요.',
  'Answer a suspension': '이용 정지 이의 신청',
  'If you think that your account should not be suspended, tell the staff why.':
    '이용 정지가 잘못됐다고 생각하면 운영진에게 이유를 알려 주세요.',
  'Thank you': '보냈어요',
  'The staff will decide. If your email address is confirmed, they mail you. Otherwise sign in to see.':
    '운영진이 확인할게요. 이메일이 확인되어 있으면 메일로 알려 드리고, 아니면 로그인해서 알 수 있어요.',
  'A post of yours was removed': '내 게시물이 삭제됐어요',
  'A comment of yours was removed': '내 댓글이 삭제됐어요',
  'The staff have not decided yet': '운영진이 확인하고 있어요',
  'The staff agree with you': '이의를 받아들였어요',
  'The staff stay with their decision': '결정을 바꾸지 않았어요',
  'It was erased, but you can publish it again.': '이미 지워졌지만 다시 올릴 수 있어요.',
  'Removed by the staff': '운영진이 삭제한 글',
  'The staff have not removed anything of yours.': '운영진이 삭제한 글이 없어요.',
  Suspension: '이용 정지',
  'Appeal {n}': '이의 {n}',
  Agreed: '받아들임',
  Answer: '이의 신청',
  Comment: '댓글',
  Denied: '받아들이지 않음',
  Grant: '받아들이기',
  Deny: '받아들이지 않기',
  Appeals: '이의 신청',
  'There are no open appeals.': '처리할 이의 신청이 없어요.',
  'No appeals have been decided yet.': '아직 처리한 이의 신청이 없어요.',
  'Appeal decided': '이의 신청 처리',
  'Your suspension was lifted': '이용 정지가 해제됐어요',
  'Your account stays suspended': '이용 정지가 유지돼요',
  'The staff read your answer and lifted the suspension of {handle}. You can sign in again.':
    '운영진이 이의를 받아들여 {handle} 이용 정지를 해제했어요. 다시 로그인할 수 있어요.',
  'The staff read your answer. The suspension of {handle} stays.':
    '운영진이 이의를 확인했지만 {handle} 이용 정지를 유지하기로 했어요.',
  'Their answer: {answer}': '답변: {answer}',
}
