import { expect, spyOn, test } from 'bun:test'
import { HTTPException } from 'hono/http-exception'
import { Problem, toFailure } from './errors'

test('a problem has its own code and members, and what the framework throws keeps its status', () => {
  const problem = new Problem('payment_required', 'Not enough coins.', { code: 'insufficient_coins', balance: 1, price: 5 })
  expect(toFailure(problem)).toEqual({
    type: 'about:blank',
    title: 'Payment Required',
    status: 402,
    code: 'insufficient_coins',
    detail: 'Not enough coins.',
    balance: 1,
    price: 5,
  })
  expect(toFailure(new HTTPException(413))).toMatchObject({ status: 413, code: 'too_large', detail: 'Payload Too Large' })
})

test('the unknown is logged under an id, and tells nothing', () => {
  using log = spyOn(console, 'error').mockImplementation(() => {})
  const { requestId, ...told } = toFailure(new Error('password is swordfish'))
  expect(told).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    code: 'internal',
    detail: 'Something went wrong.',
  })
  expect([requestId, log.mock.calls[0]?.[0]]).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), requestId])
})
