/** Apps of other people, and how they are registered. */
export const apps = {
  Apps: '앱',
  App: '앱',
  'Allow an app': '앱 허용하기',
  'This app wants to act for you at {site}.': '이 앱이 {site}에서 내 계정을 사용하려고 해요.',
  'This app asked for something in a wrong way. Tell the people who make it:':
    '앱이 요청을 잘못 보냈어요. 앱을 만든 사람에게 이 내용을 알려 주세요.',
  'Go to the app': '앱으로 이동',
  'It will be able to': '앱이 할 수 있는 일',
  'It does not learn your password, and cannot change it, your email address or your devices.':
    '앱은 비밀번호를 알 수 없고, 비밀번호나 이메일, 로그인한 기기를 바꿀 수도 없어요.',
  'Signed in as': '로그인한 계정',
  'You go on to': '이동할 곳',
  'About the app': '앱 소개',
  'a program on this device': '이 기기의 프로그램',
  'the app {scheme} on this device': '이 기기의 앱 {scheme}',
  'The app gave its name itself. Nobody here has checked it.':
    '앱 이름은 앱이 직접 밝힌 것이고, 커뮤니티에서 확인하지 않았어요.',
  'A member registered this app. Nobody here has checked it.': '회원이 등록한 앱이고, 커뮤니티에서 확인하지 않았어요.',
  Allow: '허용',
  'Do not allow': '허용 안 함',
  'You can take it back at any time under Account → Apps.': '언제든지 계정 → 앱에서 취소할 수 있어요.',
  Allowed: '허용:',
  'The app is signed out.': '앱에서 로그아웃했어요.',
  'Sign out {name}': '{name}에서 로그아웃',
  'These apps act for you without knowing your password. Removing one signs it out at once, and so does a new password.':
    '비밀번호 없이 내 계정을 사용하는 앱이에요. 앱을 삭제하거나 비밀번호를 바꾸면 앱에서 바로 로그아웃돼요.',
  'You have allowed no app.': '허용한 앱이 없어요.',
  'For developers': '개발자용',
  'Apps that I make': '내가 만드는 앱',
  'New secret': '비밀 키 다시 만들기',
  'Members who use this app will be signed out of it.': '이 앱을 쓰는 회원은 모두 앱에서 로그아웃돼요.',
  'Remove {name}': '{name} 삭제',
  'People see it when they allow the app.': '회원이 앱을 허용할 때 보여요.',
  Website: '웹사이트',
  'Addresses to return to': '돌아올 주소',
  'One per line, exactly as the app sends it. The port of http://127.0.0.1 is free.':
    '한 줄에 하나씩, 앱이 보내는 그대로 입력해 주세요. http://127.0.0.1의 포트는 달라도 돼요.',
  'The app runs on a server': '서버에서 실행되는 앱',
  'It then gets a secret. Apps on phones and in browsers cannot keep one.':
    '비밀 키가 발급돼요. 휴대폰이나 브라우저에서 실행되는 앱은 비밀 키를 숨길 수 없어요.',
  'Register an app': '앱 등록하기',
  'Register an app that you make, so that members can sign in to it here. Apps can also register themselves.':
    '직접 만드는 앱을 등록하면 회원이 여기 계정으로 로그인할 수 있어요. 앱이 스스로 등록할 수도 있어요.',
  'You have registered no app.': '등록한 앱이 없어요.',
  'New app': '새 앱',
  'Client id': '클라이언트 ID',
  'Client secret': '클라이언트 비밀 키',
  'Copy the secret now. You will not see it again.': '비밀 키를 지금 복사해 두세요. 다시 볼 수 없어요.',
  'Apps registered per IP address per hour': '앱 등록 횟수(IP 주소별, 1시간)',
  'Enter the name of the app.': '앱 이름을 입력해 주세요.',
  'Enter an address that starts with https://.': 'https://로 시작하는 주소를 입력해 주세요.',
  'Enter at least one address.': '주소를 하나 이상 입력해 주세요.',
  'Use https, http on this machine (127.0.0.1), or a scheme of the app like org.example.app.':
    'https, 이 기기의 http(127.0.0.1), 또는 org.example.app 같은 앱 스킴을 입력해 주세요.',
  'You can register up to {n} apps. Remove one first.': '앱은 {n}개까지 등록할 수 있어요. 먼저 하나를 삭제해 주세요.',
  'This app does not exist, or has no secret.': '이 앱을 찾을 수 없거나 비밀 키가 없어요.',
  'This app is not registered here. Tell the people who make it.':
    '여기에 등록되지 않은 앱이에요. 앱을 만든 곳에 알려 주세요.',
  'This app sent an address that it has not registered. Tell the people who make it.':
    '앱이 등록하지 않은 주소를 보냈어요. 앱을 만든 곳에 알려 주세요.',
}
