/** Mails and the pages about them. */
export const mail = {
  'Your email address': '이메일 주소',
  Digest: '소식 모음 메일',
  'Send me a digest': '소식 모음 메일 받기',
  Never: '받지 않기',
  'Every morning': '매일 아침',
  'Every Monday morning': '매주 월요일 아침',
  'It lists new posts by people you follow and unread notifications. No mail is sent if there are none.':
    '팔로우하는 회원의 새 게시물과 아직 읽지 않은 알림을 보내 드려요. 새 소식이 없으면 보내지 않아요.',
  'Mail settings': '메일 수신 설정',
  'Add an email address to your profile so that you can reset a forgotten password.':
    '프로필에 이메일을 등록해 두면 비밀번호를 잊었을 때 재설정 링크를 받을 수 있어요.',
  '{email} is confirmed.': '{email} 인증됨',
  'Mail to {email} bounced.': '메일이 반송됐어요: {email}',
  '{email} is not confirmed yet. Open the link in the mail that we sent.':
    '아직 인증하지 않은 이메일이에요: {email} 보내 드린 메일의 링크를 눌러 주세요.',
  'Send the link again': '링크 다시 보내기',
  'The mail is on its way. Check your spam folder, too.': '메일을 보냈어요. 스팸함도 확인해 주세요.',
  'Enter an email address first.': '먼저 이메일 주소를 입력해 주세요.',
  'Your email address is already confirmed.': '이미 인증한 이메일이에요.',
  'This link has been used or has expired. Request a new one in your account.':
    '이미 사용됐거나 만료된 링크예요. 계정 화면에서 새로 받아 주세요.',
  'This server does not send mail.': '이 서버는 메일을 보내지 않아요.',

  'Is this your email address?': '내 이메일이 맞나요?',
  'Email address confirmed': '이메일을 인증했어요',
  'You will now receive mail from {name}.': '이제부터 {name}의 메일을 받을 수 있어요.',

  'Forgot your password?': '비밀번호를 잊으셨나요?',
  'We will mail you a link to choose a new password.': '새 비밀번호를 설정할 수 있는 링크를 메일로 보내 드려요.',
  'Handle or email address': '아이디 또는 이메일',
  'Mail me a link': '링크 받기',
  'Please enter your handle or email address.': '아이디 또는 이메일을 입력해 주세요.',
  'Check your email': '메일을 확인해 주세요',
  'If the account has a confirmed email address, a link is on its way. It works once, for one hour.':
    '가입된 계정이고 인증된 이메일이 있으면 링크를 보내 드려요. 링크는 1시간 동안 한 번만 쓸 수 있어요.',
  'No mail yet? Check your spam folder, or ask the staff, who can create a link for you.':
    '메일이 오지 않았나요? 스팸함을 확인하거나 운영진에게 문의해 주세요. 운영진도 링크를 만들어 드릴 수 있어요.',

  'Stop getting digests?': '소식 모음 메일을 그만 받을까요?',
  'Stop getting notifications by mail?': '알림 메일을 그만 받을까요?',
  '{name} will still send you mail about your account, such as password resets.':
    '비밀번호 재설정처럼 계정에 관한 메일은 {name}에서 계속 보내 드려요.',
  Unsubscribe: '수신 거부',
  'Unsubscribe from digests': '소식 모음 메일 수신 거부',
  'You will no longer get notifications by mail': '알림 메일을 더 이상 보내지 않아요',
  'You will no longer get digests': '소식 모음 메일을 더 이상 보내지 않아요',
  'You can turn them on again at any time.': '언제든 다시 켤 수 있어요.',
  'This link does not work. Sign in to choose which mails you get.':
    '사용할 수 없는 링크예요. 로그인해서 메일 수신 설정을 변경해 주세요.',

  'Open {name}': '{name} 바로가기',
  'Open my account': '내 계정 열기',
  'Confirm your email address': '이메일 주소를 인증해 주세요',
  'Your email address was changed': '이메일 주소가 변경됐어요',
  'Choose a new password': '새 비밀번호 설정',
  'Your password was changed': '비밀번호가 변경됐어요',
  'You are getting this mail because it concerns your account {handle} at {name}.':
    '{name}의 {handle} 계정과 관련된 안내 메일이에요.',
  'Press one button to receive mail from {name}.': '버튼을 한 번만 누르면 {name}의 메일을 받을 수 있어요.',
  'The account {handle} at {name} wants to use this email address. If it is yours, please confirm it.':
    '{name}의 {handle} 계정에 이 이메일을 등록하려고 해요. 본인이 맞다면 인증해 주세요.',
  'Confirm this email address': '이메일 인증하기',
  'The link works once, for three days. If you did not request it, ignore this mail. No other will follow.':
    '링크는 3일 동안 한 번만 쓸 수 있어요. 요청하지 않았다면 이 메일을 무시하세요. 더 이상 메일을 보내지 않아요.',
  'This email address was entered at {name}.': '{name}에 이 이메일 주소가 입력되어 보내 드리는 메일이에요.',
  'Mail from {name} now goes to another address.': '이제부터 {name}의 메일은 새 주소로 보내요.',
  'The account {handle} at {name} no longer uses this address. Its mail now goes to another one.':
    '{name}의 {handle} 계정은 더 이상 이 주소를 쓰지 않아요. 이제부터 메일은 새 주소로 보내요.',
  'If you did not change it, sign in, change your password and email address, and tell the staff.':
    '본인이 변경하지 않았다면 로그인해서 비밀번호와 이메일 주소를 변경하고 운영진에게 알려 주세요.',
  'The link works once, for one hour.': '링크는 1시간 동안 한 번만 쓸 수 있어요.',
  'Someone, hopefully you, forgot the password of {handle} at {name}. Use this link to choose a new one.':
    '{name}의 {handle} 계정 비밀번호를 다시 설정해 달라는 요청을 받았어요. 아래 버튼을 눌러 새 비밀번호를 설정해 주세요.',
  'The link works once, for one hour. If you did not request it, just ignore it. Your password stays the same.':
    '링크는 1시간 동안 한 번만 쓸 수 있어요. 요청하지 않았다면 이 메일을 무시하세요. 비밀번호는 바뀌지 않아요.',
  'All other devices were signed out.': '다른 기기에서는 모두 로그아웃됐어요.',
  'The password of {handle} at {name} was changed, and all other devices were signed out.':
    '{name}의 {handle} 계정 비밀번호가 변경되어 다른 기기에서는 모두 로그아웃됐어요.',
  'If you did not change it, choose a new one right away and tell the staff.':
    '본인이 변경하지 않았다면 바로 새 비밀번호를 설정하고 운영진에게 알려 주세요.',

  'New at {name}': '{name}의 새 소식',
  'New from {names}': '{names} 님의 새 게시물',
  'New posts from people you follow': '팔로우하는 회원의 새 게시물',
  'There are more new posts.': '새 게시물이 더 있어요.',
  'Go to the inbox': '구독함 보기',
  'for {n} coins': '코인 {n}개',
  'You are getting this digest because you turned it on.': '신청하신 소식 모음 메일이에요.',
  'Take a look': '확인하기',
  'You are getting this mail because you turned on notifications by mail.':
    '메일로 알림을 받도록 설정되어 있어 보내 드려요.',
  'Unsubscribe from these mails': '이 메일 수신 거부',

  'Test mail from {name}': '{name} 테스트 메일',
  'Sending mail works.': '메일이 정상적으로 발송돼요.',
  'If you can read this, {name} can send mail.': '이 글이 보인다면 {name}의 메일이 잘 도착한 거예요.',
  'An administrator of {name} sent this as a test.': '{name} 관리자가 테스트로 보낸 메일이에요.',
  'Send a test mail to': '테스트 메일을 받을 주소',
  'Send a test mail': '테스트 메일 보내기',
  'The mail server accepted the mail. Check the mailbox of {to}.': '메일 서버로 보냈어요. {to} 메일함을 확인해 보세요.',
  'The mail could not be sent.': '메일을 보내지 못했어요.',
  'No mail is sent because no mail server is configured. Set one when you start the server:':
    '메일 서버가 없어서 메일을 보내지 않아요. 서버를 시작할 때 메일 서버를 설정해 주세요:',
  'Mails requested per member or IP address per hour': '메일 요청 횟수(1인 또는 IP 주소별, 1시간)',
  'not confirmed': '미인증',
  'mail bounces': '메일 반송됨',
}
