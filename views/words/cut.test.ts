import { expect, test } from 'bun:test'
import { cut } from './cut'

test('a long text is cut after as many characters as readers count', () => {
  const family = '👨‍👩‍👧'
  const cases: [text: string, beginning: string][] = [
    ['abcd', 'abcd'],
    ['abcde', 'abcd…'],
    ['  a \n b  cd ', 'a b…'],
    ['바다의 아침', '바다의…'],
    ['조용한바다', '조용한바…'],
    [family.repeat(4), family.repeat(4)],
    [family.repeat(5), `${family.repeat(4)}…`],
    ['abcde\u0301', 'abcd…'],
    ['abcd\u0301', 'abcd\u0301'],
    ['abcd\u0301e', 'abcd\u0301…'],
    ['\u1112\u1161\u11ab\u1100\u1173\u11afabc', '\u1112\u1161\u11ab\u1100\u1173\u11afab…'],
  ]
  for (const [text, beginning] of cases) expect(cut(text, 4, 'ko')).toBe(beginning)
})
