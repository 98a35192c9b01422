import type { ClipName, SceneName } from './paint/film'
import type { Text } from './people'

export type DemoPost = {
  by: string
  /** When it was published: the days before now, and the hours on top of them. */
  daysAgo: number
  shows: (SceneName | ClipName)[]
  text: Text
  likes: string[]
  /** The first one answers the post; one with `answers` answers the comment before it. */
  comments?: { by: string; text: Text; answers?: true }[]
  price?: number
  buyers?: string[]
  visibility?: 'followers'
  pinned?: true
}

const all = ['noa', 'mina', 'theo', 'sora', 'jun', 'ada', 'leo', 'yuri']
const but = (...out: string[]) => all.filter((handle) => !out.includes(handle))

/** Their posts, from the oldest to the newest. */
export const posts: DemoPost[] = [
  {
    by: 'noa',
    daysAgo: 40.2,
    shows: ['fjord'],
    text: {
      en: 'A first picture, so that the place is not empty. #mountains',
      ko: '비어 있으면 서운하니까, 첫 사진. #산',
    },
    likes: ['mina', 'theo', 'sora', 'yuri'],
    comments: [
      { by: 'mina', text: { en: 'And what a first picture.', ko: '첫 사진부터 이러기예요?' } },
      { by: 'noa', text: { en: 'It only gets worse from here.', ko: '이제 내려갈 일만 남았어요.' }, answers: true },
    ],
  },
  {
    by: 'mina',
    daysAgo: 38.6,
    shows: ['blue', 'ridgeTall', 'blueTall'],
    text: {
      en: 'Three mornings above the river. The first one was the coldest, and the one I would do again. #mountains',
      ko: '강이 내려다보이는 곳에서 맞은 세 번의 아침. 첫날이 가장 추웠지만, 다시 간다면 그날이에요. #산',
    },
    likes: but('mina', 'jun'),
    comments: [
      {
        by: 'theo',
        text: { en: 'The second one. I keep coming back to it.', ko: '두 번째 사진을 자꾸 다시 보게 되네요.' },
      },
    ],
    pinned: true,
  },
  {
    by: 'sora',
    daysAgo: 36.3,
    shows: ['oranges'],
    text: { en: 'Plates, drying. #table', ko: '마르는 중인 그릇들. #식탁' },
    likes: ['mina', 'ada', 'noa'],
  },
  {
    by: 'theo',
    daysAgo: 34.4,
    shows: ['storm'],
    text: { en: 'It passed twenty minutes later. #sea', ko: '이십 분 뒤에 지나갔어요. #바다' },
    likes: ['mina', 'yuri', 'leo', 'noa'],
    comments: [{ by: 'yuri', text: { en: 'I know that feeling very well.', ko: '너무 잘 아는 기분이에요.' } }],
  },
  {
    by: 'jun',
    daysAgo: 32.1,
    shows: ['lamps'],
    text: { en: 'Missed the focus, kept the picture. #night', ko: '초점은 놓쳤지만 사진은 남겼어요. #밤' },
    likes: ['mina', 'sora', 'ada'],
  },
  {
    by: 'ada',
    daysAgo: 30.5,
    shows: ['stairs', 'stairsBlue'],
    text: { en: 'Same stairs, other people’s paint. #stairs', ko: '같은 계단, 다른 사람의 페인트. #계단' },
    likes: but('ada', 'theo'),
    comments: [
      { by: 'sora', text: { en: 'The blue one looks like a song.', ko: '파란 쪽은 노래 같아요.' } },
      { by: 'jun', text: { en: 'Where do they go?', ko: '올라가면 뭐가 있어요?' } },
      { by: 'ada', text: { en: 'To a locked door, of course.', ko: '당연히 잠긴 문이요.' }, answers: true },
    ],
  },
  {
    by: 'mina',
    daysAgo: 27.7,
    shows: ['meadow', 'meadowTall'],
    text: { en: 'The long way round. #walks', ko: '먼 길로 돌아서. #산책' },
    likes: ['noa', 'theo', 'ada', 'sora'],
  },
  {
    by: 'sora',
    daysAgo: 25.4,
    shows: ['dahlia'],
    text: { en: 'Market, nine o’clock, the last one. #flowers', ko: '아침 아홉 시 시장, 마지막 한 송이. #꽃' },
    likes: but('sora', 'leo'),
    comments: [{ by: 'ada', text: { en: 'Somebody counted those petals.', ko: '꽃잎을 누가 세어 둔 것 같아요.' } }],
  },
  {
    by: 'leo',
    daysAgo: 23.2,
    shows: ['aurora'],
    text: {
      en: 'Minus nineteen. Nobody wanted to go inside. #night',
      ko: '영하 19도. 아무도 안으로 들어가려 하지 않았어요. #밤',
    },
    likes: but('leo'),
    comments: [
      { by: 'noa', text: { en: 'All right, you win this week.', ko: '좋아요, 이번 주는 레오 님이 이겼어요.' } },
      { by: 'mina', text: { en: 'How long was the exposure?', ko: '노출은 얼마나 주셨어요?' } },
      {
        by: 'leo',
        text: { en: 'Six seconds, and a warm pocket for the battery.', ko: '6초요. 배터리는 주머니에서 데우고요.' },
        answers: true,
      },
    ],
    pinned: true,
  },
  {
    by: 'yuri',
    daysAgo: 21.1,
    shows: ['bay'],
    text: { en: 'The water was as cold as it looks. #sea', ko: '보이는 만큼 차가웠어요. #바다' },
    likes: ['mina', 'theo', 'leo', 'ada'],
  },
  {
    by: 'ada',
    daysAgo: 18.6,
    shows: ['court'],
    text: { en: 'Half past five, and all of it is shadow.', ko: '다섯 시 반, 온통 그림자.' },
    likes: ['noa', 'mina', 'leo', 'sora', 'yuri'],
  },
  {
    by: 'noa',
    daysAgo: 16.2,
    shows: ['winter', 'winterTall'],
    text: { en: 'First snow on the north side. #mountains #winter', ko: '북쪽 사면에 내린 첫눈. #산 #겨울' },
    likes: but('noa', 'jun'),
    comments: [{ by: 'leo', text: { en: 'Finally some proper weather.', ko: '드디어 제대로 된 날씨네요.' } }],
  },
  {
    by: 'jun',
    daysAgo: 14.8,
    shows: ['skyline'],
    text: { en: 'Home by the last ferry. #night', ko: '마지막 배를 타고 집으로. #밤' },
    likes: ['mina', 'ada', 'sora', 'leo', 'noa'],
    comments: [{ by: 'mina', text: { en: 'That sky cannot be real.', ko: '하늘이 진짜일 리가 없어요.' } }],
  },
  {
    by: 'theo',
    daysAgo: 12.9,
    shows: ['dune', 'redDune'],
    text: {
      en: 'Walked up at noon and came down at six. The full series is in here. #desert',
      ko: '정오에 올라 여섯 시에 내려왔어요. 전체 사진은 이 안에. #사막',
    },
    price: 30,
    buyers: ['mina', 'leo'],
    likes: ['mina', 'leo'],
  },
  {
    by: 'yuri',
    daysAgo: 11.3,
    shows: ['tide'],
    text: { en: 'Three seconds of nothing happening. #sea', ko: '아무 일도 없는 3초. #바다' },
    likes: ['mina', 'theo', 'sora', 'leo'],
  },
  {
    by: 'sora',
    daysAgo: 9.7,
    shows: ['pots', 'dahliaWhite'],
    text: { en: 'What the window did today. #table', ko: '오늘 창문이 한 일. #식탁' },
    likes: ['ada', 'mina', 'noa', 'yuri'],
    comments: [
      {
        by: 'noa',
        text: { en: 'The red one is holding the whole picture.', ko: '빨간 것 하나가 사진을 다 붙잡고 있네요.' },
      },
    ],
  },
  {
    by: 'mina',
    daysAgo: 8.4,
    shows: ['wood', 'woodAutumn'],
    text: { en: 'The same path, five weeks apart. #walks', ko: '같은 길을 다섯 주 뒤에 다시. #산책' },
    likes: but('mina'),
    comments: [
      { by: 'yuri', text: { en: 'I can smell the second one.', ko: '두 번째 사진은 낙엽 냄새까지 나는 것 같아요.' } },
      { by: 'theo', text: { en: '@mina which direction is that?', ko: '@mina 어느 쪽을 보고 찍으셨어요?' } },
    ],
  },
  {
    by: 'leo',
    daysAgo: 6.9,
    shows: ['stars'],
    text: { en: 'No moon, no wind, no neighbours. #night', ko: '달도 바람도 이웃도 없는 밤. #밤' },
    price: 20,
    buyers: ['noa', 'mina', 'yuri'],
    likes: ['noa', 'mina', 'yuri', 'theo'],
  },
  {
    by: 'jun',
    daysAgo: 5.6,
    shows: ['rain', 'harbour'],
    text: { en: 'Window seat, route 9. #night #rain', ko: '9번 버스, 창가 자리. #밤 #비' },
    likes: ['mina', 'sora', 'ada', 'leo'],
  },
  {
    by: 'ada',
    daysAgo: 4.1,
    shows: ['arcade', 'arcadePink'],
    text: { en: 'It only does this in November. #light', ko: '11월에만 이래요. #빛' },
    likes: but('ada', 'jun'),
    comments: [{ by: 'mina', text: { en: 'I would walk there every day.', ko: '매일 걷고 싶은 곳이에요.' } }],
  },
  {
    by: 'noa',
    daysAgo: 3.2,
    shows: ['clouds'],
    text: { en: 'An hour in four seconds.', ko: '4초에 담은 한 시간.' },
    likes: ['mina', 'leo', 'yuri'],
  },
  {
    by: 'sora',
    daysAgo: 2.3,
    shows: ['coffee'],
    text: { en: 'Not mine, but I was allowed to look. #table', ko: '제 것은 아니지만, 봐도 된다고 했어요. #식탁' },
    likes: ['ada', 'mina', 'jun'],
  },
  {
    by: 'yuri',
    daysAgo: 1.6,
    shows: ['sunset'],
    text: { en: 'Nothing moved but the light. #sea', ko: '움직인 건 빛뿐이었어요. #바다' },
    likes: but('yuri', 'ada'),
    comments: [{ by: 'theo', text: { en: 'Worth the wait.', ko: '기다린 보람이 있네요.' } }],
  },
  {
    by: 'theo',
    daysAgo: 0.9,
    shows: ['portrait'],
    text: { en: 'My brother, who never looks at the camera.', ko: '절대 카메라를 보지 않는 동생.' },
    visibility: 'followers',
    likes: ['mina', 'yuri'],
  },
  {
    by: 'jun',
    daysAgo: 0.62,
    shows: ['moon'],
    text: { en: 'Leaning on a bin for support. #night', ko: '쓰레기통에 기대어 찍음. #밤' },
    likes: ['mina', 'leo'],
  },
  {
    by: 'noa',
    daysAgo: 0.36,
    shows: ['lake', 'autumn'],
    text: {
      en: 'Last warm evening of the year, says the baker. #mountains',
      ko: '빵집 사장님 말로는 올해 마지막 따뜻한 저녁. #산',
    },
    likes: ['mina', 'theo', 'sora', 'yuri'],
    comments: [{ by: 'sora', text: { en: 'The baker is always right.', ko: '빵집 사장님 말은 늘 맞아요.' } }],
  },
  {
    by: 'mina',
    daysAgo: 0.11,
    shows: ['ridge'],
    text: {
      en: 'Forty minutes before anybody else was up. The sun came round the corner, and that was all that happened. #mountains',
      ko: '아무도 일어나기 전, 사십 분. 해가 모퉁이를 돌아 나왔고, 그게 전부였어요. #산',
    },
    likes: ['noa', 'leo', 'ada', 'yuri', 'sora'],
    comments: [
      { by: 'ada', text: { en: 'That was quite enough.', ko: '그걸로 충분한데요.' } },
      { by: 'leo', text: { en: 'Coffee first, though?', ko: '그래도 커피는 먼저 드셨죠?' } },
      { by: 'mina', text: { en: 'From the thermos, on the way up.', ko: '올라가면서, 보온병으로요.' }, answers: true },
    ],
  },
]
