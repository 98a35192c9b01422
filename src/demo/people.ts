import type { Locale } from '../../shapes/locales'
import type { SceneName } from './paint/film'

/** A text in the languages of the product. */
export type Text = Record<Locale, string>

export type DemoPerson = {
  handle: string
  name: Text
  bio: Text
  face: SceneName
  role?: 'admin' | 'moderator'
  /** How many days before now they joined. */
  joined: number
  follows: string[]
}

/** The name of the community. */
export const siteName: Text = { en: 'Lantern Street', ko: '등불골목' }

/** Where the community is. The English one could be anywhere, so it keeps the time zone of the server. */
export const timeZone: Partial<Record<Locale, string>> = { ko: 'Asia/Seoul' }

/** People who do not exist. */
export const people: DemoPerson[] = [
  {
    handle: 'noa',
    name: { en: 'Noa Lindqvist', ko: '노아' },
    bio: {
      en: 'Keeps the lights on around here. Mountains when I can, the kitchen table when I cannot.',
      ko: '이곳의 불을 켜 두는 사람. 시간이 나면 산으로, 아니면 부엌 식탁 앞으로.',
    },
    face: 'faceNoa',
    role: 'admin',
    joined: 44,
    follows: ['mina', 'theo', 'sora', 'ada', 'yuri'],
  },
  {
    handle: 'mina',
    name: { en: 'Mina Park', ko: '박미나' },
    bio: {
      en: 'Long walks, small cameras.\nMostly before breakfast.',
      ko: '긴 산책과 작은 카메라.\n대부분 아침 먹기 전에 찍어요.',
    },
    face: 'faceMina',
    joined: 43,
    follows: ['noa', 'theo', 'jun', 'sora', 'ada', 'leo', 'yuri'],
  },
  {
    handle: 'theo',
    name: { en: 'Theo Marlow', ko: '서태오' },
    bio: { en: 'I wait for weather.', ko: '날씨를 기다려요.' },
    face: 'faceTheo',
    joined: 42,
    follows: ['mina', 'sora', 'yuri'],
  },
  {
    handle: 'sora',
    name: { en: 'Sora Ito', ko: '한소라' },
    bio: {
      en: 'Flowers, light, and whatever is on the table.',
      ko: '꽃, 빛, 그리고 식탁 위의 것들.',
    },
    face: 'faceSora',
    role: 'moderator',
    joined: 41,
    follows: ['mina', 'ada', 'noa', 'jun'],
  },
  {
    handle: 'jun',
    name: { en: 'Jun Castell', ko: '최준' },
    bio: { en: 'Night buses and wet streets.', ko: '밤 버스와 젖은 거리.' },
    face: 'faceJun',
    joined: 39.5,
    follows: ['mina', 'leo', 'sora'],
  },
  {
    handle: 'ada',
    name: { en: 'Ada Verhoeven', ko: '정아다' },
    bio: {
      en: 'Architect by day. I photograph the stairs nobody uses.',
      ko: '낮에는 건축가. 아무도 쓰지 않는 계단을 찍어요.',
    },
    face: 'faceAda',
    joined: 39,
    follows: ['noa', 'mina', 'sora', 'leo'],
  },
  {
    handle: 'leo',
    name: { en: 'Leo Brandt', ko: '임레오' },
    bio: { en: 'Far north, thick socks.', ko: '먼 북쪽, 두꺼운 양말.' },
    face: 'faceLeo',
    joined: 37,
    follows: ['mina', 'theo', 'yuri', 'noa'],
  },
  {
    handle: 'yuri',
    name: { en: 'Yuri Sandoval', ko: '윤유리' },
    bio: { en: 'By the sea, always.', ko: '언제나 바닷가에.' },
    face: 'faceYuri',
    joined: 36,
    follows: ['mina', 'theo', 'leo', 'sora', 'ada'],
  },
]
