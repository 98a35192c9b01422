import type { Dictionary } from '../forms'

export const passkeys: Dictionary = {
  Passkeys: '패스키',
  'My passkeys': '내 패스키',
  'Add a passkey': '패스키 추가',
  'You have no passkeys.': '등록한 패스키가 없어요.',
  'Sign in with the fingerprint, face or PIN of your device. That is safer and faster than a password.':
    '지문, 얼굴, 기기의 PIN으로 로그인해요. 비밀번호보다 안전하고 빨라요.',
  'A passkey signs you in with the fingerprint, face or PIN of your device, without a password. Nobody can trick you into telling it.':
    '패스키는 비밀번호 대신 지문, 얼굴, 기기의 PIN으로 로그인하는 방법이에요. 알려 줄 비밀번호가 없으니 누가 속여서 빼앗아 갈 수도 없어요.',
  'Sign in with a passkey': '패스키로 로그인',
  'Use a passkey instead': '패스키로 확인',
  'Use a passkey instead of a password': '비밀번호 대신 패스키로 가입',
  'Your passkey is ready, so you need no password.': '패스키를 만들었으니 비밀번호는 필요 없어요.',
  'You have just used a passkey, so your password is not needed.': '방금 패스키로 확인해서 비밀번호는 필요 없어요.',
  'The passkey was not used. You can try again.': '패스키를 사용하지 않았어요. 다시 시도할 수 있어요.',
  'This device already has a passkey for this account.': '이 기기에는 이 계정의 패스키가 이미 있어요.',
  'For example “Phone” or “Security key”.': '예: “휴대폰”, “보안 키”',
  'Enter a name by which you will recognize the passkey.': '패스키를 알아볼 수 있는 이름을 입력해 주세요.',
  'Added on {day}': '{day} 등록',
  'Synced with your other devices': '다른 기기와 동기화',
  'On one device only': '기기 한 대에만 저장',
  'It works only at {host}.': '{host}에서만 쓸 수 있어요.',
  'It will work only at {host}. If the community moves to another address, sign in with your password.':
    '{host}에서만 쓸 수 있어요. 커뮤니티 주소가 바뀌면 비밀번호로 로그인해 주세요.',
  'Remove this passkey': '패스키 삭제',
  'The passkey has been removed. Delete it from your device, too.': '패스키를 삭제했어요. 기기에서도 삭제해 주세요.',
  'Passkeys need JavaScript. Please turn it on in your browser.':
    '패스키를 쓰려면 브라우저에서 JavaScript를 켜 주세요.',
  'Passkeys need https, which this server does not have. Use a password, or ask the staff to set https up.':
    '패스키는 https에서만 쓸 수 있는데, 이 서버는 https를 쓰지 않아요. 비밀번호를 쓰거나 운영진에게 https 설정을 요청해 주세요.',
  'Passkeys need an address with a name, such as photos.example.org. They do not work at an IP address.':
    '패스키는 photos.example.org 같은 도메인 주소에서만 쓸 수 있어요. IP 주소에서는 쓸 수 없어요.',
  'Passkeys work only at the main address of this community.': '패스키는 이 커뮤니티의 기본 주소에서만 쓸 수 있어요.',
  'This is not the answer of a passkey.': '패스키의 응답이 아니에요.',
  'This passkey could not be checked. Please try again.': '패스키를 확인하지 못했어요. 다시 시도해 주세요.',
  'This took too long, or was done before. Please try again.': '시간이 지났거나 이미 사용했어요. 다시 시도해 주세요.',
  'This passkey is not known here. It may have been removed from the account.':
    '등록되지 않은 패스키예요. 계정에서 삭제했을 수 있어요.',
  'You have {most} passkeys. Remove one that you no longer use.':
    '패스키는 {most}개까지 등록할 수 있어요. 쓰지 않는 패스키를 삭제해 주세요.',
  'This passkey was already added.': '이미 등록한 패스키예요.',
  'You have no such passkey.': '패스키를 찾을 수 없어요.',
  'This is your only way to sign in. Choose a password or add another passkey first.':
    '로그인할 수 있는 유일한 방법이에요. 먼저 비밀번호를 설정하거나 다른 패스키를 추가해 주세요.',
  'This was started by another member. Please start again.': '다른 회원이 시작한 작업이에요. 처음부터 다시 해 주세요.',
  'This passkey belongs to another account. Use one of this account.':
    '다른 계정의 패스키예요. 이 계정의 패스키를 써 주세요.',
  'Enter your password, or use a passkey first.': '비밀번호를 입력하거나 패스키로 확인해 주세요.',
  'A new device signed in to your account': '새 기기에서 로그인했어요',
  'A new device signed in to your account.': '새 기기에서 내 계정에 로그인했어요.',
  '{handle} at {name} was opened on a device that was not used for it before: {device}':
    '{name}의 {handle} 계정에 처음 보는 기기에서 로그인했어요: {device}',
  'If this was not you, sign it out, choose a new password and tell the staff.':
    '본인이 아니라면 그 기기를 로그아웃하고, 비밀번호를 변경한 뒤 운영진에게 알려 주세요.',
  'Sign out all other devices': '다른 기기 모두 로그아웃',
  'Signed in with a passkey': '패스키로 로그인',
  'A passkey was added': '패스키가 추가됐어요',
  'A passkey was removed': '패스키가 삭제됐어요',
  'A passkey was added to {handle} at {name}. It can sign in without a password.':
    '{name}의 {handle} 계정에 패스키가 추가됐어요. 이 패스키로 비밀번호 없이 로그인할 수 있어요.',
  'A passkey of {handle} at {name} was removed. It can no longer sign in.':
    '{name}의 {handle} 계정에서 패스키가 삭제됐어요. 이제 이 패스키로 로그인할 수 없어요.',
  'If this was not you, remove what you do not know, choose a new password and tell the staff.':
    '직접 한 일이 아니라면 모르는 패스키를 삭제하고, 비밀번호를 변경한 뒤 운영진에게 알려 주세요.',
}
