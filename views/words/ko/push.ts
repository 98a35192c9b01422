/** Push notifications, devices, installation and the offline page. */
export const push = {
  'Push notifications': '푸시 알림',
  'Notifications on this device': '이 기기의 알림',
  'Turn on JavaScript in this browser to get notifications.': '알림을 받으려면 브라우저에서 JavaScript를 켜 주세요.',
  'Get notifications about new posts and activity even when this page is closed.':
    '이 페이지를 닫아 두어도 새 게시물과 나에게 온 소식을 알려 드려요.',
  'Turn on': '켜기',
  'Turn off': '끄기',
  'Notifications are on.': '알림이 켜져 있어요.',
  'Notifications are blocked for this site. Allow them in your browser settings, then come back.':
    '알림이 차단되어 있어요. 브라우저 설정에서 허용한 뒤 다시 시도해 주세요.',
  'On an iPhone or iPad, tap Share, then Add to Home Screen, and open {name} from there.':
    'iPhone과 iPad에서는 먼저 공유를 누르고 ‘홈 화면에 추가’를 선택한 다음, 홈 화면에서 {name} 아이콘을 눌러 열어 주세요.',
  'Browsers only allow notifications over https, and this site does not use it.':
    '브라우저는 https에서만 알림을 허용하는데, 이 사이트는 https가 아니에요.',
  'This browser does not support push notifications.': '이 브라우저는 푸시 알림을 지원하지 않아요.',
  'The push service of your browser did not respond. Try again later.':
    '브라우저의 푸시 서비스가 응답하지 않았어요. 나중에 다시 시도해 주세요.',
  'Devices that get notifications': '알림 받는 기기',
  'No devices yet. Turn on notifications here or on your phone.':
    '아직 등록한 기기가 없어요. 이 기기나 휴대폰에서 알림을 켜 주세요.',
  'Send a test to all devices': '모든 기기에 테스트 알림 보내기',
  'Send a test': '테스트 알림 보내기',
  Details: '자세히',
  'Remove this device': '기기 삭제',
  'Last reached': '마지막 수신:',
  Added: '등록:',
  'Notifications are encrypted for your device. The browser maker that delivers them cannot read them.':
    '알림 내용은 이 기기에서만 볼 수 있게 암호화돼요. 전달하는 브라우저 회사는 알림이 있다는 것만 알 수 있어요.',
  'Nothing has been sent yet.': '아직 보낸 알림이 없어요.',
  'Sent notifications': '보낸 알림',
  Test: '테스트',
  Notification: '알림',
  'The push service accepted it.': '푸시 서비스로 보냈어요.',
  'It was already read or out of date, so it was not sent.': '이미 확인했거나 지난 소식이라 보내지 않았어요.',
  '{why} It will be tried again.': '{why} 다시 시도할게요.',
  'It is on its way.': '보내는 중이에요.',
  'It could not be delivered.': '전달하지 못했어요.',
  'The push service responded with status {status}.': '푸시 서비스가 오류를 보냈어요(코드 {status}).',
  'The push service did not respond in time.': '푸시 서비스가 제때 응답하지 않았어요.',
  'The push service could not be reached.': '푸시 서비스에 연결하지 못했어요.',
  'The address of the push service is not on the public internet.': '푸시 서비스의 주소가 공개 인터넷에 있지 않아요.',
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
  'Notifications are working': '알림이 잘 연결됐어요',
  'This device can receive notifications.': '이 기기에서 알림을 받을 수 있어요.',
}
