import { expect, test } from 'bun:test'
import type { LeakReport } from './run'
import { verdictOf } from './verdict'

const sound: LeakReport = {
  ok: true,
  tooEmpty: false,
  access: 'members',
  files: 9,
  stored: 18,
  locked: 4,
  doors: [
    { door: '/posts', stranger: { tried: 3, leaks: 0, shut: 0 } },
    { door: '/inbox', stranger: { tried: 1, leaks: 1, shut: 0 } },
  ],
  leaks: [],
  shut: [],
}
const scope = '(9 of 18 stored files, 4 of them restricted; access is members.)'

test('a test without findings prints one line', () => {
  expect(verdictOf(sound)).toBe(`Nothing leaked. ${scope}`)
})

test('only findings are printed, and the table on request', () => {
  const leaky = {
    ...sound,
    ok: false,
    leaks: [{ door: '/inbox', kind: 'stranger' as const, handle: 'eve', what: 'file 7' }],
  }
  const text = `LEAK  /inbox, as stranger (eve): file 7\nSomebody got files that they must not get. ${scope}`
  expect(verdictOf(leaky)).toBe(text)
  const detailed = verdictOf(leaky, true)
  expect([detailed.endsWith(`\n\n${text}`), /^\/posts .*ok/m.test(detailed)]).toEqual([true, true])
})

test('the verdict says when a community is too empty to prove anything', () => {
  const empty = { ...sound, tooEmpty: true, files: 0, stored: 0, locked: 0 }
  expect(verdictOf(empty)).toStartWith('Nothing leaked, but this proves little: no stored file is restricted')
})
