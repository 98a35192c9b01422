/** Blocks, mutes, suspensions and reports. */
export const moderation = {
  'Your account is suspended: {reason}': '계정이 정지되었어요. 이유: {reason}',
  'You have blocked this person. Unblock them first.': '내가 차단한 사람이에요. 먼저 차단을 풀어 주세요.',
  'Nobody blocks themselves.': '자기 자신은 차단할 수 없어요.',
}
