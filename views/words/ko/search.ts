/** Search, tags, explore and people to follow. */
export const search = {
  Search: '검색',
  'Search for people, tags and captions': '사람, 태그, 문구 검색',
  'All results': '전체 결과',
  'Show all': '모두 보기',
  '{n} results': '결과 {n}개',
  'Nothing found for “{q}”.': '‘{q}’에 대한 검색 결과가 없어요.',
  Tags: '태그',
  'Recent searches': '최근 검색어',
  Clear: '모두 지우기',
  'Only this device keeps them.': '이 기기에만 저장돼요.',
  'People to follow': '팔로우할 만한 사람',
  'You already follow everybody here.': '모든 사람을 이미 팔로우하고 있어요.',
  Explore: '둘러보기',
  'Explore what people like now': '지금 인기 있는 게시물 둘러보기',
  'There are no new posts in the last two weeks.': '최근 2주 동안 올라온 게시물이 없어요.',
  '{n} posts or more': '게시물 {n}개 이상',
  'There are no posts with #{tag} for you.': '#{tag} 태그가 달린 게시물이 없어요.',

  'A search can have at most 100 characters.': '검색어는 100자까지 입력할 수 있어요.',
  'Search in posts, users or tags.': '“in”에는 posts, users, tags 중에서 지정해 주세요.',
  'Name the list of this cursor in “in”.': '“in”에 이 커서가 속한 목록 하나를 지정해 주세요.',
}
