import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'
import { isCommonPassword } from './common-passwords'

test('common passwords are recognized in any case, also with a mark or digits at the end', () => {
  const common = [
    '1q2w3e4r5t',
    'Password123',
    'Password123!',
    'QWERTYUIOP',
    'qwertyuiop2026',
    'qlalfqjsgh',
    'dkssudgktpdy1',
  ]
  expect(common.filter((password) => !isCommonPassword(password))).toEqual([])
  const good = [
    'a long password',
    'correct horse',
    '여름밤의 사진 두 장',
    'abcabcabcabd',
    '12345678901x',
    'tr0ub4dor&3x',
  ]
  expect(good.filter(isCommonPassword)).toEqual([])
})

test('they are refused wherever somebody chooses a password', async () => {
  using t = await testApp({ PINHOLE_REGISTRATION: 'open' })
  const refused = problem(422, 'invalid', {
    errors: [{ path: 'password', message: expect.stringContaining('one of the first passwords') }],
  })
  expect(await t.api(null, 'POST /users', { handle: 'ann', password: 'Password123!' })).toEqual(refused)
  const ann = await t.user('ann', { password: 'a long password' })
  const change = { current: 'a long password', password: '1234567890' }
  expect(await t.api(ann, 'PUT /users/account/password', change)).toEqual(refused)
})

test('a stranger who sends a megabyte as a password is refused at once', async () => {
  using t = await testApp({ PINHOLE_REGISTRATION: 'open' })
  for (const password of [`${'1'.repeat(1_000_000)}a`, `${' '.repeat(1_000_000)}x`])
    for (const call of ['POST /users', 'POST /users/resets', 'POST /setup'])
      expect(await t.api(null, call, { handle: 'ann', token: 'x', password })).toEqual(problem(422, 'invalid'))
})
