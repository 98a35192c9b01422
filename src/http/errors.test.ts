import { expect, mock, test } from 'bun:test'
import { HTTPException } from 'hono/http-exception'
import { createTranslate } from '../../views/words'
import { Problem } from '../problem'
import { toFailure } from './errors'

const english = { t: createTranslate('en'), timeZone: 'UTC' }
const nothing = () => {}

test('a problem keeps its code and members, and an error of the framework keeps its status', () => {
  const problem = new Problem('payment_required', 'Not enough coins.', {
    code: 'insufficient_coins',
    balance: 1,
    price: 5,
  })
  expect(toFailure(problem, english, nothing)).toEqual({
    type: 'about:blank',
    title: 'Payment Required',
    status: 402,
    code: 'insufficient_coins',
    detail: 'Not enough coins.',
    balance: 1,
    price: 5,
  })
  expect(toFailure(new HTTPException(413), english, nothing)).toMatchObject({
    status: 413,
    code: 'too_large',
    detail: 'Payload Too Large',
  })
})

test('messages are translated with their values; codes are not', () => {
  const problem = new Problem(
    'rate_limited',
    'Too many attempts. Please try again in {minutes} min.',
    {},
    { minutes: 3 },
  )
  expect(toFailure(problem, english, nothing).detail).toContain('3 min')
  const korean = toFailure(problem, { t: createTranslate('ko'), timeZone: 'UTC' }, nothing)
  expect([korean.code, korean.detail]).toEqual([
    'rate_limited',
    expect.stringMatching(/3.*\p{Script=Hangul}|\p{Script=Hangul}.*3/u),
  ])
})

test('an unexpected error is logged under an id and reveals nothing', () => {
  const log = mock((_id: string | undefined, _error: Error) => {})
  const { requestId, ...told } = toFailure(new Error('password is swordfish'), english, log)
  expect(told).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    code: 'internal',
    detail: expect.not.stringContaining('swordfish'),
  })
  expect([requestId, log.mock.calls[0]?.[0]]).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), requestId])
})
