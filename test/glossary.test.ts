import { expect, test } from 'bun:test'
import { dictionaries } from '../views/words/dictionaries'
import type { Dictionary } from '../views/words/forms'

const words: Dictionary = dictionaries.ko
const texts = Object.entries(words).map(
  ([english, korean]) => [english, typeof korean === 'string' ? korean : Object.values(korean).join(' ')] as const,
)

/** A term in English, and the one word for it in Korean. It holds for every sentence with the term, except those listed. */
const TERMS: [english: RegExp, korean: RegExp, except?: RegExp][] = [
  [/\binbox\b/i, /구독함/],
  [/\blibrary\b/i, /보관함/, /^You gave this post/],
  [/\bvouchers?\b/i, /쿠폰/, /^Number of vouchers|never expire/],
  [/\bpayouts?\b/i, /정산/],
  [/\btips?\b/i, /후원/],
  [/\btwo-step\b/i, /2단계/],
  [/\bcaptions?\b/i, /문구/],
  [/\bsuspend(ed|ing)?\b/i, /정지/],
  [/\bblock(ed|ing)?\b/i, /차단/, /^You and the people you block/],
  [/\binvitations?\b/i, /초대/],
  [/(?<!\{)\bhandles?\b(?!\})/i, /아이디/, /^There is no member with/],
  [/\bbank transfers?\b/i, /무통장입금/],
  [/\brefund/i, /환불/],
  [/\bstaff desk\b/i, /운영 관리/],
  [/\bsubtitles?\b/i, /자막/],
  [/\bcollections?\b/i, /모음/],
  [/\bconfirm(ed)? (their|your|this) email/i, /인증/],
]

/** Words and phrases that sound translated, or that another word has replaced, each with the better one. */
const AVOIDED: [what: RegExp, better: string][] = [
  [/뮤트/, '소식 숨기기'],
  [/그런 .*없어요/, '…을(를) 찾을 수 없어요'],
  [/모두에게서/, '완전히'],
  [/그 사람|이 사람/, '회원, 상대방, 받는 분'],
  [/번 코인/, '수익 코인'],
  [/시험/, '테스트'],
  [/기한이? ?지/, '만료'],
  [/받은 사진/, '구독함'],
  [/\b빚/, '회수할 코인'],
  [/고르|골라|고른/, '선택'],
  [/이곳|아무 데나/, '없어도 되는 말'],
  [/저희 쪽/, '일시적인 문제'],
  [/입니다|습니다|십시오/, '해요체'],
  [/되었/, '됐'],
  [/다운로드/, '내려받기'],
  [/휴대전화/, '휴대폰'],
  [/미리보기/, '미리 보기'],
  [/회원님/, '나, 내 계정'],
]

for (const [english, korean, except] of TERMS)
  test(`ko: ${english} has one translation: ${korean}`, () => {
    const found = texts.filter(([key]) => english.test(key) && !except?.test(key))
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter(([, text]) => !korean.test(text))).toEqual([])
  })

test('ko: no text uses a word that another one has replaced', () => {
  const found = AVOIDED.flatMap(([what, better]) =>
    texts.filter(([, text]) => what.test(text)).map(([key, text]) => `${key}: ${text} → ${better}`),
  )
  expect(found).toEqual([])
})
