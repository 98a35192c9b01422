/** Joining: approval by the staff, confirmed addresses and email domains. */
export const joining = {
  Description: '소개',
  'What the community is about. Shown where people sign in and join.':
    '어떤 커뮤니티인지 적어 주세요. 로그인과 가입 화면에 보여요.',
  Announcement: '공지',
  'Close the announcement': '공지 닫기',
  'Shown at the top of every page until people close it. A new text is shown to all of them again.':
    '닫을 때까지 모든 페이지 위쪽에 보여요. 내용을 바꾸면 닫은 사람에게도 다시 보여요.',
  'Who sees the announcement': '공지를 볼 수 있는 사람',
  'Everyone, also without an account': '누구나(가입하지 않은 사람 포함)',
  'If everyone sees it, it is also shown where people sign in and join, and on all pages that visitors can open.':
    '누구나 볼 수 있게 하면 로그인·가입 화면과 가입하지 않아도 열 수 있는 모든 페이지에도 보여요.',
  'Last day of the announcement': '공지 마지막 날',
  'Leave it empty to show the announcement until you remove it.': '비워 두면 지울 때까지 보여요.',
  'Enter at most 300 characters.': '300자까지 입력할 수 있어요.',
  'Enter a day like 2026-12-31.': '2026-12-31처럼 날짜를 입력해 주세요.',
  'The staff did not let you join: {reason}': '운영진이 가입을 승인하지 않았어요. 이유: {reason}',
  'The staff did not let you join.': '운영진이 가입을 승인하지 않았어요.',
  'The staff have not decided yet whether you can join. Please come back later.':
    '아직 운영진이 가입을 확인하고 있어요. 나중에 다시 로그인해 주세요.',
  'This person is not waiting for a decision.': '가입 승인을 기다리는 회원이 아니에요.',
  'Somebody waits to join. Please decide.': '가입 승인을 기다리는 사람이 있어요. 확인해 주세요.',
  'Addresses of this provider cannot be used here. Please use another one.':
    '이 도메인의 이메일은 쓸 수 없어요. 다른 이메일을 입력해 주세요.',
  'Only these addresses can be used here: {domains}': '다음 이메일만 쓸 수 있어요: {domains}',
  'Please enter your email address.': '이메일 주소를 입력해 주세요.',
  'Enter domains like example.org, one per line.': 'example.org 같은 도메인을 한 줄에 하나씩 입력해 주세요.',
  'You can list at most 1,000 domains.': '도메인은 1,000개까지 적을 수 있어요.',
  'Please confirm your email address first. You find the link in the mail we sent.':
    '먼저 이메일 주소를 인증해 주세요. 보내 드린 메일의 링크를 누르면 돼요.',
  'We send a link to it. Open the link to take part.': '인증 링크를 보내 드려요. 링크를 누르면 활동할 수 있어요.',
  'Optional. With it you can reset a forgotten password.':
    '선택 사항이에요. 비밀번호를 잊었을 때 다시 설정할 수 있어요.',
  'Your account is waiting': '가입 승인을 기다리고 있어요',
  'Thank you for asking to join {name}': '{name} 가입을 신청했어요',
  'The staff look at new accounts before they let them in. Sign in to see whether they have decided.':
    '운영진이 확인한 뒤에 이용할 수 있어요. 로그인하면 승인됐는지 알 수 있어요.',
  'If you gave an email address, open the link that we sent to it. Then we can mail you the decision.':
    '이메일을 입력했다면 보내 드린 메일의 링크를 눌러 주세요. 승인 결과를 메일로 알려 드릴게요.',
  'You can look around. To take part, please confirm your email address.':
    '지금은 둘러보기만 할 수 있어요. 활동하려면 이메일 주소를 인증해 주세요.',
  'Enter an email address': '이메일 주소 입력',
  'Member approved': '가입 승인',
  'Member refused': '가입 거절',
  'Waiting to join': '가입 승인 대기',
  'Address not confirmed': '이메일 미인증',
  'Let in': '승인',
  'They cannot join. After 30 days the account is deleted.': '가입할 수 없게 돼요. 30일 뒤에 계정이 삭제돼요.',
  'Optional. The person is told.': '선택 사항이에요. 신청한 사람에게 알려 드려요.',
  'The staff approve new members': '새 회원을 운영진이 승인',
  'Whoever signs up waits until somebody of the staff lets them in under People.':
    '가입한 사람은 운영진이 회원 목록에서 승인할 때까지 기다려요.',
  'New members confirm their email address': '새 회원의 이메일 인증',
  'Where anyone can join, people only look around until they have opened the link that we mail them.':
    '누구나 가입할 수 있을 때 적용돼요. 메일로 보낸 링크를 누르기 전까지는 둘러보기만 할 수 있어요.',
  'This needs a mail server, which is not set up yet.': '메일 서버가 필요한데 아직 설정되어 있지 않아요.',
  'Blocked email domains': '차단할 이메일 도메인',
  'One per line. Subdomains are blocked, too.': '한 줄에 하나씩 적어 주세요. 하위 도메인도 차단돼요.',
  'Only these email domains': '허용할 이메일 도메인',
  'One per line. Leave it empty to accept all others. Existing addresses stay.':
    '한 줄에 하나씩 적어 주세요. 비워 두면 차단한 도메인 말고는 모두 허용해요. 이미 쓰던 이메일은 그대로예요.',
  'Your sign-up was refused': '가입이 승인되지 않았어요',
  'The staff of {name} decided not to let {handle} join.': '{name} 운영진이 {handle} 가입을 승인하지 않았어요.',
  'Their reason: {reason}': '이유: {reason}',
  'You can sign in now.': '이제 로그인할 수 있어요.',
  'The staff of {name} approved {handle}. You can sign in now.':
    '{name} 운영진이 {handle} 가입을 승인했어요. 이제 로그인할 수 있어요.',
}
