import { expect, mock, test } from 'bun:test'
import { HTTPException } from 'hono/http-exception'
import { createTranslate } from '../../views/words'
import { Problem } from '../problem'
import { toFailure } from './errors'

const english = createTranslate('en')
const nothing = () => {}

test('a problem has its own code and members, and what the framework throws keeps its status', () => {
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

test('sentences are put into the language of the reader, with their values; codes are not', () => {
  const problem = new Problem(
    'rate_limited',
    'That was too often. Please wait {minutes} min and try again.',
    {},
    { minutes: 3 },
  )
  expect(toFailure(problem, english, nothing).detail).toContain('3 min')
  const korean = toFailure(problem, createTranslate('ko'), nothing)
  expect([korean.code, korean.detail]).toEqual([
    'rate_limited',
    expect.stringMatching(/3.*\p{Script=Hangul}|\p{Script=Hangul}.*3/u),
  ])
})

test('the unknown is logged under an id, and tells nothing', () => {
  const log = mock((_id: string, _error: Error) => {})
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
