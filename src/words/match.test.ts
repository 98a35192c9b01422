import { expect, test } from 'bun:test'
import { judgeBy } from './match'

const finds = (word: string, text: string, whole = false) => judgeBy([{ word, effect: 'hold', whole }])(text) !== null

test('a word is found however it is written, and not where it is not', () => {
  for (const text of [
    'spam',
    'SPAM!',
    'so much spam here',
    's.p.a.m',
    's p a m',
    'ｓｐａｍ',
    'spám',
    'sp​am',
    's*p-a m',
    'spamming',
  ])
    expect([text, finds('spam', text)]).toEqual([text, true])
  for (const text of ['spa', 'maps', 'spa morning', 'spa, many', ''])
    expect([text, finds('spam', text)]).toEqual([text, false])
})

test('a whole word is no part of another one', () => {
  for (const text of ['an ass', 'Ass!', 'a.s.s', 'a s s'])
    expect([text, finds('ass', text, true)]).toEqual([text, true])
  for (const text of ['class', 'assemble', 'as seen', 'was so', 'bass'])
    expect([text, finds('ass', text, true)]).toEqual([text, false])
  expect(finds('bad word', 'such a bad  word here', true)).toBe(true)
})

test('Korean words are found with particles, apart, in jamo and decomposed', () => {
  for (const text of [
    '바보',
    '바보야',
    '이 바보들은',
    '바 보',
    '바.보',
    'ㅂㅏㅂㅗ',
    '바보'.normalize('NFD'),
    '바​보',
    '바보!',
  ])
    for (const whole of [false, true]) expect([text, whole, finds('바보', text, whole)]).toEqual([text, whole, true])
  expect(finds('바보', '울릉바보새')).toBe(true)
  for (const text of ['울릉바보', '바보새', '바다 보기'])
    expect([text, finds('바보', text, true)]).toEqual([text, false])
  expect(finds('ㅅㅂ', 'ㅅㅂ 진짜')).toBe(true)
  expect(finds('바보', '수박 보자')).toBe(false)
})

test('signs in a word are no pattern, marks of other scripts stay letters, and the strictest effect counts', () => {
  expect([finds('a+b', 'aab'), finds('a+b', 'a+b'), finds('(', 'x')]).toEqual([false, true, false])
  expect([finds('か', 'が'), finds('が', 'が')]).toEqual([false, true])
  const judge = judgeBy([
    { word: 'plum', effect: 'mark', whole: false },
    { word: 'pear', effect: 'refuse', whole: false },
  ])
  expect(judge('plum and pear')).toEqual({ effect: 'refuse', words: ['plum', 'pear'] })
  expect(judge('plum')).toEqual({ effect: 'mark', words: ['plum'] })
})

test('a long hostile text is judged without delay that grows with its square', () => {
  const judge = judgeBy(
    Array.from({ length: 200 }, (_, n) => ({ word: `word${n}x`, effect: 'mark' as const, whole: n % 2 === 0 })),
  )
  expect(judge('w o r d 1 '.repeat(200) + '!'.repeat(2000))).toBeNull()
})

test('every sign can be part of a word, and only its own letters count', () => {
  for (const sign of [...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~–—…·「」€☂😀'])
    for (const whole of [false, true]) {
      expect([sign, finds(`k${sign}pop`, `more k${sign}pop here`, whole)]).toEqual([sign, true])
      expect([sign, finds(`k${sign}pop`, `k ${sign} p o p`, whole)]).toEqual([sign, true])
      expect([sign, finds(`k${sign}pop`, 'kpop and pop', whole)]).toEqual([sign, false])
    }
  expect(finds(':-(', 'I am :-( today')).toBe(true)
  expect(finds('50 % off', '5.0 % o-f-f')).toBe(true)
})

test('a row of signs is compared at once, in however many ways it can be divided', () => {
  for (const whole of [false, true])
    for (const [word, text] of [
      [`${'~'.repeat(40)}x`, `x${'~'.repeat(1900)}`],
      [`${'~ '.repeat(40)}x`, `x${'~ '.repeat(900)}`],
      [`${'👍'.repeat(40)}x`, `x${'👍'.repeat(900)}`],
      [`${'a~'.repeat(40)}x`, `${'a~'.repeat(900)}~~x`],
    ] as const)
      expect([word, finds(word, text, whole)]).toEqual([word, false])
})
