/** Blocks, mutes, suspensions and reports. */
export const moderation = {
  'Your account is suspended: {reason}': '계정이 정지되었어요. 이유: {reason}',
  'You have blocked this person. Unblock them first.': '내가 차단한 사람이에요. 먼저 차단을 풀어 주세요.',
  'Nobody blocks themselves.': '자기 자신은 차단할 수 없어요.',
  'Nobody mutes themselves.': '자기 자신은 뮤트할 수 없어요.',
  'Nobody suspends themselves.': '자기 계정은 정지할 수 없어요.',
  'Please say why.': '이유를 적어 주세요.',
  'A reason has at most 500 characters.': '이유는 500자까지 적을 수 있어요.',
  Block: '차단',
  Unblock: '차단 해제',
  'Block {name}': '{name} 님 차단',
  'Unblock {name}': '{name} 님 차단 해제',
  Mute: '뮤트',
  Unmute: '뮤트 해제',
  'Mute {name}': '{name} 님 뮤트',
  'Unmute {name}': '{name} 님 뮤트 해제',
  'More about {name}': '{name} 님 더 보기',
  'Nothing of theirs comes to you by itself. They are not told.': '이 사람의 소식이 나에게 저절로 오지 않아요. 상대에게는 알리지 않아요.',
  'Neither of you sees anything of the other, and neither follows the other any more.':
    '서로의 것이 전혀 보이지 않고, 서로의 팔로우도 끊겨요.',
  'You blocked {name}. Neither of you sees anything of the other.': '{name} 님을 차단했어요. 서로의 것이 보이지 않아요.',
  'Blocked people': '차단한 사람',
  'Neither of you sees anything of the other. They are not told, but they can find out.':
    '서로의 것이 전혀 보이지 않아요. 상대에게 알리지는 않지만, 알아챌 수는 있어요.',
  'You block nobody.': '차단한 사람이 없어요.',
  'Muted people': '뮤트한 사람',
  'What they post does not come to your main page and inbox, and you hear nothing of what they do. Nobody tells them.':
    '이 사람들의 게시물은 홈과 받은 사진에 오지 않고, 알림도 오지 않아요. 상대에게는 알리지 않아요.',
  'You mute nobody.': '뮤트한 사람이 없어요.',
  Why: '이유',
  'They read it when they try to sign in.': '이 사람이 로그인하려 할 때 보게 돼요.',
  Suspend: '정지하기',
  'Suspend {name}': '{name} 님 정지하기',
  'They are signed out, and their posts are hidden from all but the staff and who bought them, until you lift it.':
    '로그아웃되고, 정지를 풀 때까지 게시물은 운영진과 구매한 사람에게만 보여요.',
  Suspended: '정지됨',
  'Lift the suspension': '정지 풀기',
}
