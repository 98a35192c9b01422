/** Push notifications, devices, installation and the offline page. */
export const push = {
  'Push notifications': '푸시 알림',
  'Notifications on this device': '이 기기의 알림',
  'Turning them on needs JavaScript, which is off in this browser.':
    '알림을 켜려면 JavaScript가 필요한데, 이 브라우저에서는 꺼져 있어요.',
  'Hear of new posts and of what others tell you, also while this page is closed.':
    '이 페이지를 닫아 두어도 새 게시물과 나에게 온 소식을 알려 드려요.',
  'Turn on': '켜기',
  'Turn off': '끄기',
  'They are on.': '알림이 켜져 있어요.',
  'You have refused them for this site. Allow them in the settings of your browser, then come back.':
    '이 사이트의 알림을 거부하셨어요. 브라우저 설정에서 허용한 뒤 다시 와 주세요.',
  'On an iPhone or iPad, {name} has to be on the home screen first: tap Share, then Add to Home Screen, and open it from there.':
    'iPhone과 iPad에서는 먼저 홈 화면에 {name} 아이콘이 있어야 해요. 공유를 누르고 ‘홈 화면에 추가’를 고른 다음, 거기에서 열어 주세요.',
  'Browsers allow notifications over https only, and this address is not.':
    '브라우저는 https에서만 알림을 허용하는데, 이 주소는 https가 아니에요.',
  'This browser does not know notifications like these.': '이 브라우저는 푸시 알림을 지원하지 않아요.',
  'The push service of your browser did not answer. Try again later.':
    '브라우저의 푸시 서비스가 응답하지 않았어요. 나중에 다시 해 주세요.',
  'Devices that are told': '알림을 받는 기기',
  'None yet. Turn notifications on here, or on your phone.': '아직 없어요. 여기나 휴대전화에서 알림을 켜 주세요.',
  'Send a test to all of them': '모든 기기에 시험 알림 보내기',
  'Send a test': '시험 알림 보내기',
  Details: '자세히',
  'Remove this device': '기기 삭제',
  'Last reached': '마지막으로 닿은 때:',
  Added: '추가한 때:',
  'What is sent is encrypted for your device alone. The maker of your browser passes it on, and learns only that there is something.':
    '보내는 내용은 그 기기만 읽을 수 있게 암호화돼요. 전달하는 브라우저 회사는 알림이 있다는 것만 알 수 있어요.',
  'Nothing has been sent yet.': '아직 보낸 것이 없어요.',
  'What was sent': '보낸 것',
  Test: '시험',
  Notification: '알림',
  'The push service has taken it.': '푸시 서비스가 받았어요.',
  'It was no news any more, so it was not sent.': '더는 새 소식이 아니어서 보내지 않았어요.',
  '{why} It is tried again.': '{why} 다시 해 볼게요.',
  'On its way.': '가는 중이에요.',
  'It was not taken.': '받아 주지 않았어요.',
  'The push service answered {status}.': '푸시 서비스가 {status}(으)로 답했어요.',
  'The push service did not answer in time.': '푸시 서비스가 제때 응답하지 않았어요.',
  'The push service could not be reached.': '푸시 서비스에 닿지 않았어요.',
  'The push service is at an address that is not on the open internet.':
    '푸시 서비스의 주소가 공개 인터넷에 있지 않아요.',
  'Add {name} to your home screen': '홈 화면에 {name} 추가',
  'Tap Share, then Add to Home Screen. Notifications only arrive in the installed app.':
    '공유를 누르고 ‘홈 화면에 추가’를 선택하세요. 알림은 홈 화면에 추가한 앱에서만 받을 수 있어요.',
  'It opens like an app, and you can share photos to it.': '앱처럼 열리고, 사진을 바로 공유할 수 있어요.',
  Install: '설치',
  'Not now': '나중에',
  'You are offline': '오프라인이에요',
  'This page needs an internet connection. Try again when you are back online.':
    '인터넷에 연결되어 있지 않아요. 연결한 뒤 다시 시도해 주세요.',
  'You are signed in now. Please share it again.': '로그인했어요. 한 번 더 공유해 주세요.',
  'It works.': '잘 돼요.',
  'Notifications reach this device.': '이 기기에 알림이 도착해요.',
  'A push service must use https.': '푸시 서비스는 https 주소여야 해요.',
  'A push service must use port 443 or a port above 1023.': '푸시 서비스는 443번이나 1024번 이상의 포트를 써야 해요.',
  'This address is not on the public internet.': '공개 인터넷에 있는 주소가 아니에요.',
  'Enter a valid address.': '올바른 주소를 입력해 주세요.',
  'This must be base64url.': 'base64url 형식이어야 해요.',
  'This must be an uncompressed P-256 point of 65 bytes.': '압축하지 않은 65바이트 P-256 점이어야 해요.',
  'This must be 16 bytes long.': '16바이트여야 해요.',
  'You can register up to {n} devices. Remove one first.':
    '기기는 {n}대까지 등록할 수 있어요. 먼저 하나를 삭제해 주세요.',
  'This device was not found.': '기기를 찾을 수 없어요.',
}
