/** Posts for adults and the confirmation of an age. */
export const adults = {
  'Posts for adults': '성인 게시물',
  'Post for adults': '성인 게시물',
  'Only for adults': '성인 전용',
  'Only members who have confirmed their age see this post.': '나이를 확인한 회원에게만 보여요.',
  'Confirm your own age first.': '먼저 내 나이를 확인해 주세요.',
  'Confirm your own age first, on the page of your account.': '먼저 계정 페이지에서 내 나이를 확인해 주세요.',
  'This post is only for adults.': '성인만 볼 수 있는 게시물이에요.',
  'This post is only for adults. Confirm your age first.': '성인만 볼 수 있는 게시물이에요. 먼저 나이를 확인해 주세요.',
  '{n} posts are only for adults.': '성인만 볼 수 있는 게시물이 {n}개 있어요.',
  'They are for people who are at least {n} years old.': '만 {n}세부터 볼 수 있어요.',
  'They are for people from the 1st of January of the year in which they turn {n}. That is now everybody born in {year} or earlier.':
    '만 나이와 관계없이 {n}세가 되는 해의 1월 1일부터 볼 수 있어요. 올해는 {year}년생까지예요.',
  'Some posts are shown only to adults who have confirmed their age. You do that once.':
    '나이를 확인한 성인만 볼 수 있는 게시물이 있어요. 한 번만 확인하면 돼요.',
  'Your date of birth': '생년월일',
  'Your date of birth is not stored: only that you are an adult, or the day from which you will be one.':
    '생년월일은 저장하지 않아요. 성인인지, 아니라면 언제부터 볼 수 있는지만 저장해요.',
  'Confirm my age': '나이 확인하기',
  'You confirmed your age on {day}.': '{day}에 나이를 확인했어요.',
  'Hide posts for adults again': '성인 게시물 다시 숨기기',
  'You can see these posts from {day}.': '{day}부터 볼 수 있어요.',
  'If you mistyped your birthday, please ask the staff.': '생년월일을 잘못 입력했다면 운영진에게 말씀해 주세요.',
  'The staff confirm ages in this community. Please ask them.':
    '이 커뮤니티에서는 운영진이 나이를 확인해요. 운영진에게 말씀해 주세요.',
  'This cannot be a date of birth.': '생년월일을 다시 확인해 주세요.',
  'Enter a day like 1990-12-31.': '1990-12-31처럼 입력해 주세요.',
  'You are too young for posts for adults.': '아직 성인 게시물을 볼 수 있는 나이가 아니에요.',
  'Your age is confirmed': '나이를 확인했어요',
  'Your age is not confirmed': '아직 나이를 확인하지 않았어요',
  'Guests cannot confirm their age, so they cannot see posts for adults.':
    '손님은 나이를 확인할 수 없어서 성인 게시물을 볼 수 없어요.',
  'Name what to change.': '무엇을 바꿀지 알려 주세요.',
  'Age confirmed': '나이 확인',
  'Age no longer confirmed': '나이 확인 취소',
  'Age from which people see posts for adults': '성인 게시물을 볼 수 있는 나이',
  'Leave it empty for 19 where the time zone of the community is that of Korea, and 18 elsewhere. After a change of this or the next two settings, everybody confirms again.':
    '비워 두면 커뮤니티의 시간대가 한국일 때는 19세, 다른 곳에서는 18세예요. 이 설정이나 아래 두 설정을 바꾸면 모두 나이를 다시 확인해야 해요.',
  'How that age counts': '나이를 세는 방법',
  'As usual: {way}': '기본값: {way}',
  'From the birthday': '생일부터 (만 나이)',
  'From the 1st of January of the year of the birthday': '생일이 있는 해의 1월 1일부터 (연 나이)',
  'In Korea it counts from the 1st of January of the year in which people turn 19.':
    '한국의 청소년 보호법에서는 만 나이와 관계없이 19세가 되는 해의 1월 1일부터 성인이에요.',
  'Who confirms an age': '나이를 확인하는 방법',
  'People themselves, by their date of birth': '회원이 직접 생년월일을 입력',
  'The staff, on each profile': '운영진이 프로필에서 확인',
  'A date of birth proves nothing. Where the law asks for proof, let the staff check it.':
    '생년월일 입력은 본인 확인이 아니에요. 법에 따라 나이와 본인 여부를 확인해야 하면 운영진이 직접 확인해 주세요.',
  'Take back that their age is confirmed': '나이 확인 취소하기',
  'Confirm the age of {name}': '{name} 님의 나이 확인하기',
  'They will see posts for adults. Confirm this only if you have seen a proof of their age.':
    '성인 게시물을 볼 수 있게 돼요. 나이를 증명하는 자료를 본 경우에만 확인해 주세요.',
  'Confirm their age': '나이 확인하기',
}
