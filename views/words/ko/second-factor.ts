/** Two-step verification: its page, the second step of signing in, the mails and what the staff see of it. */
export const secondFactor = {
  'Two-step verification': '2단계 인증',
  'Set up two-step verification': '2단계 인증 설정',
  Done: '완료',
  'Signing in takes only your password. A code from an app on your phone makes it safer.':
    '지금은 비밀번호만으로 로그인할 수 있어요. 휴대폰 앱의 인증 코드를 더하면 더 안전해요.',
  'Signing in takes your password and a code from your authenticator app.':
    '로그인할 때 비밀번호와 인증 앱의 코드가 필요해요.',
  'With two-step verification, signing in takes your password and a code from an app on your phone. A stolen password alone is then worth nothing.':
    '2단계 인증을 켜면 로그인할 때 비밀번호와 함께 휴대폰 앱에 나오는 코드를 입력해야 해요. 비밀번호가 유출돼도 그것만으로는 다른 사람이 로그인할 수 없어요.',
  'You need an authenticator app, for example Aegis, Google Authenticator, Microsoft Authenticator or your password manager.':
    '인증 앱이 필요해요. Google OTP, Microsoft Authenticator, Aegis나 쓰고 있는 비밀번호 관리 앱이면 돼요.',
  'This community asks its staff for two-step verification. Please set it up to go on.':
    '이 커뮤니티의 운영진은 2단계 인증을 써야 해요. 계속하려면 먼저 설정해 주세요.',
  'To use another phone, turn it off and set it up again.': '휴대폰을 바꿨다면 끈 다음 다시 설정해 주세요.',
  'Signing in will take only your password. Your recovery codes will no longer work.':
    '끄면 비밀번호만으로 로그인하게 되고, 복구 코드도 더는 쓸 수 없어요.',
  'Recovery codes': '복구 코드',
  'Recovery code': '복구 코드',
  '{n} recovery codes are left.': { other: '남은 복구 코드가 {n}개 있어요.' },
  'Each one replaces the app once, in case you lose your phone.':
    '휴대폰을 잃어버렸을 때 인증 앱 대신 하나씩, 한 번만 쓸 수 있어요.',
  'Create new codes': '새 코드 만들기',
  'The codes you have now will no longer work.': '지금 가지고 있는 코드는 더는 쓸 수 없게 돼요.',
  '1. Add the account to your app': '1. 인증 앱에 계정 추가',
  'Scan this code with your authenticator app.': '인증 앱으로 이 QR 코드를 스캔해 주세요.',
  'QR code for your authenticator app': '인증 앱에 등록할 QR 코드',
  'Open the app on this device': '이 기기의 인증 앱에서 열기',
  'Or type this key into the app:': '또는 앱에 이 키를 직접 입력하세요:',
  '2. Enter the code that the app shows': '2. 앱에 나오는 코드 입력',
  'All your other devices will be signed out.': '다른 기기에서는 모두 로그아웃돼요.',
  'Write these codes down or print them, and keep them where you will find them without your phone. You will not see them again.':
    '적어 두거나 인쇄해서 휴대폰 없이도 찾을 수 있는 곳에 보관하세요. 이 코드는 다시 볼 수 없어요.',
  'Code from your authenticator app': '인증 앱의 코드',
  'Code from your app, or a recovery code': '인증 앱의 코드 또는 복구 코드',

  'Your password is right. Now enter the code from your authenticator app.':
    '비밀번호를 확인했어요. 이제 인증 앱의 코드를 입력해 주세요.',
  'Use a recovery code': '복구 코드 사용',
  'One of the codes you got when you set up two-step verification. It works once.':
    '2단계 인증을 설정할 때 받은 코드예요. 한 번만 쓸 수 있어요.',
  'Lost your phone and your recovery codes? Ask an administrator to turn this off for you.':
    '휴대폰과 복구 코드를 모두 잃어버렸다면 관리자에게 2단계 인증을 꺼 달라고 하세요.',

  'Please enter the code from your authenticator app.': '인증 앱의 코드를 입력해 주세요.',
  'The code is wrong or was already used. Wait for the next one and try again.':
    '코드가 올바르지 않거나 이미 쓴 코드예요. 다음 코드가 나오면 다시 입력해 주세요.',
  'Too many wrong codes. Use a recovery code, or try again in {minutes} min.':
    '잘못된 코드를 너무 많이 입력했어요. 복구 코드를 쓰거나 {minutes}분 뒤에 다시 시도해 주세요.',
  'This took too long. Please sign in again.': '시간이 지나 로그인이 취소됐어요. 다시 로그인해 주세요.',
  'Start setting up two-step verification first.': '먼저 2단계 인증 설정을 시작해 주세요.',
  'Two-step verification is already on. Turn it off to set it up on another device.':
    '이미 2단계 인증을 쓰고 있어요. 다른 기기에서 쓰려면 먼저 꺼 주세요.',
  'Two-step verification is off. Set it up to get recovery codes.':
    '2단계 인증이 꺼져 있어요. 복구 코드를 받으려면 먼저 설정해 주세요.',

  'It is about {handle} at {name}.': '{name}의 {handle} 계정이에요.',
  'If this was not you, choose a new password right away and tell the staff.':
    '본인이 한 일이 아니라면 바로 새 비밀번호를 설정하고 운영진에게 알려 주세요.',
  'If you did not ask for this, tell the staff.': '요청한 적이 없다면 운영진에게 알려 주세요.',
  'Two-step verification is on': '2단계 인증을 켰어요',
  'Signing in now takes your password and a code from your authenticator app. All other devices were signed out.':
    '이제 로그인할 때 비밀번호와 인증 앱의 코드가 필요해요. 다른 기기에서는 모두 로그아웃됐어요.',
  'Two-step verification is off': '2단계 인증이 꺼졌어요',
  'Signing in takes only your password again.': '이제 비밀번호만으로 로그인할 수 있어요.',
  'Two-step verification was turned off. Signing in takes only your password again.':
    '2단계 인증이 꺼졌어요. 이제 비밀번호만으로 로그인할 수 있어요.',
  'The staff turned off your two-step verification, so that you can sign in with your password. Please set it up again.':
    '비밀번호로 로그인할 수 있도록 운영진이 2단계 인증을 껐어요. 로그인한 뒤 다시 설정해 주세요.',
  'You have new recovery codes': '복구 코드를 새로 만들었어요',
  'The earlier ones no longer work.': '이전 코드는 더는 쓸 수 없어요.',
  'New recovery codes for two-step verification were created. The earlier ones no longer work.':
    '2단계 인증의 복구 코드를 새로 만들었어요. 이전 코드는 더는 쓸 수 없어요.',
  'A recovery code was used': '복구 코드를 사용했어요',
  'A recovery code was used in place of your authenticator app.': '인증 앱 대신 복구 코드를 사용했어요.',
  'Someone is guessing your codes': '누군가 인증 코드를 알아내려고 해요',
  'They seem to know your password.': '비밀번호를 알고 있는 것 같아요.',
  'Someone who seems to know your password keeps entering wrong codes. For a while, only recovery codes are accepted.':
    '비밀번호를 아는 누군가가 잘못된 코드를 계속 입력하고 있어요. 당분간 복구 코드로만 로그인할 수 있어요.',

  'Staff need two-step verification': '운영진 2단계 인증 필수',
  'Staff without it can use only their own account until they have set it up.':
    '2단계 인증을 설정하지 않은 운영진은 설정할 때까지 자기 계정 화면만 쓸 수 있어요.',
  'Staff of this community need two-step verification. Set it up under Account first.':
    '이 커뮤니티의 운영진은 2단계 인증을 써야 해요. 먼저 계정에서 설정해 주세요.',
  'Set up two-step verification for your own account first.': '먼저 내 계정에 2단계 인증을 설정해 주세요.',
  'Turn off two-step verification of {name}': '{name} 님의 2단계 인증 끄기',
  'Be sure that it is really them who ask: afterwards their password alone opens the account.':
    '정말 본인의 요청인지 확인해 주세요. 끄고 나면 비밀번호만으로 로그인할 수 있어요.',
  'Two-step verification turned off': '2단계 인증 끔',
  'Turn off your own two-step verification under Account.': '내 2단계 인증은 계정에서 꺼 주세요.',
  'The staff turned off your two-step verification. You can set it up again under Account.':
    '운영진이 내 계정의 2단계 인증을 껐어요. 계정에서 다시 설정할 수 있어요.',
}
