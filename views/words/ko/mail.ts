/** Mail: what is sent, and the pages around it. */
export const mail = {
  'Your address': '내 메일 주소',
  Digest: '소식 모음',
  'Send me a digest': '소식 모음 받기',
  Never: '받지 않기',
  'Every morning': '매일 아침',
  'Every Monday morning': '매주 월요일 아침',
  'New posts of people you follow and notifications you have not read. Nothing when there is nothing.':
    '팔로우하는 사람들의 새 게시물과 아직 읽지 않은 알림을 보내 드려요. 새 소식이 없으면 보내지 않아요.',
  'Choose what is mailed to you': '메일로 받을 소식 고르기',
  'Enter an e-mail address in your profile to get a link when you forget your password.':
    '프로필에 이메일을 적어 두면 비밀번호를 잊었을 때 링크를 받을 수 있어요.',
  '{email} is confirmed.': '{email} 확인됨',
  'Mail to {email} came back.': '{email}(으)로 보낸 메일이 되돌아왔어요.',
  '{email} is not confirmed yet. Open the link that we mailed there.':
    '{email}은(는) 아직 확인되지 않았어요. 메일로 보내 드린 링크를 열어 주세요.',
  'Send the link again': '링크 다시 보내기',
  'It is on its way. Look among the spam, too.': '메일을 보내고 있어요. 스팸함도 확인해 주세요.',
  'Enter an e-mail address first.': '먼저 이메일 주소를 입력해 주세요.',
  'Your address is confirmed already.': '이미 확인된 주소예요.',
  'This link was used or has expired. Ask for a new one in your account.':
    '이미 쓰였거나 기한이 지난 링크예요. 계정 화면에서 다시 받아 주세요.',
  'This server does not send mail.': '이 서버는 메일을 보내지 않아요.',

  'Is this your address?': '내 주소가 맞나요?',
  'Address confirmed': '주소를 확인했어요',
  'Mail from {name} reaches you from now on.': '이제부터 {name}의 메일을 받을 수 있어요.',

  'Forgot your password?': '비밀번호를 잊으셨나요?',
  'We mail you a link with which you choose a new one.': '새 비밀번호를 정할 수 있는 링크를 메일로 보내 드려요.',
  'Handle or e-mail address': '아이디 또는 이메일',
  'Mail me a link': '링크 받기',
  'Please enter your handle or your e-mail address.': '아이디나 이메일을 입력해 주세요.',
  'Look into your mail': '메일을 확인해 주세요',
  'If there is such an account with a confirmed address, a link is on its way. It works once, for an hour.':
    '그런 계정이 있고 주소가 확인되어 있다면 링크를 보내 드려요. 링크는 한 시간 동안 한 번만 쓸 수 있어요.',
  'Nothing came? Look among the spam, or ask the staff: they can make you a link, too.':
    '메일이 오지 않았나요? 스팸함을 살펴보거나 운영진에게 물어보세요. 운영진도 링크를 만들어 드릴 수 있어요.',

  'No more digests?': '소식 모음을 그만 받을까요?',
  'No more notifications by mail?': '알림 메일을 그만 받을까요?',
  'Mail about your account itself, as a new password, still comes from {name}.':
    '새 비밀번호처럼 계정에 관한 메일은 {name}에서 계속 보내요.',
  Unsubscribe: '수신 거부',
  'No more digests': '소식 모음 그만 받기',
  'No more notifications by mail': '알림 메일을 보내지 않을게요',
  'You will get no more digests': '소식 모음을 보내지 않을게요',
  'You can turn them on again at any time.': '언제든 다시 켤 수 있어요.',
  'This link is broken. Sign in to choose what is mailed to you.':
    '잘못된 링크예요. 로그인해서 메일로 받을 소식을 골라 주세요.',

  'Open {name}': '{name} 열기',
  'Open my account': '내 계정 열기',
  'You get this because it is about your account {handle} at {name}.':
    '{name}의 {handle} 계정에 관한 일이라 보내 드려요.',
  'Confirm your e-mail address': '이메일 주소를 확인해 주세요',
  'One press, and mail from {name} reaches you here.': '한 번만 누르면 {name}의 메일을 여기서 받을 수 있어요.',
  'The account {handle} at {name} wants to use this address. If that is you, confirm it.':
    '{name}의 {handle} 계정에서 이 주소를 쓰려고 해요. 본인이라면 확인해 주세요.',
  'Confirm this address': '이 주소 확인하기',
  'The link works once, for three days. If you did not ask for this, do nothing: nothing else will be sent here.':
    '링크는 사흘 동안 한 번만 쓸 수 있어요. 요청한 적이 없다면 그냥 두세요. 더는 아무것도 보내지 않아요.',
  'Somebody entered this address at {name}.': '누군가 {name}에 이 주소를 적어서 보내 드려요.',
  'Your e-mail address was changed': '이메일 주소가 바뀌었어요',
  'Mail from {name} goes to another address from now on.': '이제부터 {name}의 메일은 다른 주소로 가요.',
  'The account {handle} at {name} does not use this address any more. What it sends goes to another one from now on.':
    '{name}의 {handle} 계정은 이제 이 주소를 쓰지 않아요. 앞으로는 다른 주소로 메일을 보내요.',
  'If that was not you, sign in, change your password and your address, and tell the staff.':
    '본인이 바꾼 것이 아니라면 로그인해서 비밀번호와 주소를 바꾸고 운영진에게 알려 주세요.',
  'Choose a new password': '새 비밀번호 정하기',
  'The link works once, for an hour.': '링크는 한 시간 동안 한 번만 쓸 수 있어요.',
  'Somebody, hopefully you, forgot the password of {handle} at {name}. With this link you choose a new one.':
    '{name}의 {handle} 계정 비밀번호를 잊었다는 요청을 받았어요. 이 링크로 새 비밀번호를 정할 수 있어요.',
  'The link works once, for an hour. If you did not ask for it, do nothing: your password stays as it is.':
    '링크는 한 시간 동안 한 번만 쓸 수 있어요. 요청한 적이 없다면 그냥 두세요. 비밀번호는 그대로예요.',
  'Your password was changed': '비밀번호가 바뀌었어요',
  'All other devices are signed out.': '다른 기기는 모두 로그아웃되었어요.',
  'The password of {handle} at {name} was changed, and all other devices were signed out.':
    '{name}의 {handle} 계정 비밀번호가 바뀌어 다른 기기는 모두 로그아웃되었어요.',
  'If that was not you, choose a new one at once and tell the staff.':
    '본인이 바꾼 것이 아니라면 바로 새 비밀번호를 정하고 운영진에게 알려 주세요.',

  'New at {name}': '{name}의 새 소식',
  'New from {names}': '{names} 님의 새 소식',
  'From people you follow': '팔로우하는 사람들의 새 게시물',
  'There is more.': '소식이 더 있어요.',
  'To the inbox': '받은 사진 보기',
  'for {n} coins': '코인 {n}개',
  'You asked for this digest.': '신청하신 소식 모음이에요.',
  '{n} notifications': '알림 {n}개',
  'Have a look': '보러 가기',
  'You get this because you want to hear of such things by mail.': '이런 소식을 메일로 받겠다고 하셔서 보내 드려요.',
  'No more of these mails': '이런 메일 그만 받기',

  'A test mail from {name}': '{name}에서 보낸 시험 메일',
  'Mail works.': '메일이 잘 가요.',
  'If you can read this, mail from {name} arrives.': '이 글이 보인다면 {name}의 메일이 잘 도착한 거예요.',
  'An administrator of {name} sent this as a test.': '{name}의 관리자가 시험 삼아 보낸 메일이에요.',
  'Send a test mail to': '시험 메일을 받을 주소',
  'Send a test mail': '시험 메일 보내기',
  'The mail server took it. Look into the mailbox of {to}.': '메일 서버가 받았어요. {to} 메일함을 확인해 보세요.',
  'The mail server did not take it.': '메일 서버가 받지 않았어요.',
  'No mail is sent: no mail server is set where the server is started.':
    '메일을 보내지 않아요. 서버를 시작할 때 메일 서버를 설정하지 않았어요.',
  'Mails that a person or an address asks for in an hour': '한 사람 또는 한 주소가 한 시간에 요청할 수 있는 메일 수',
  'not confirmed': '확인 안 됨',
  'mail comes back': '메일 반송됨',
}
