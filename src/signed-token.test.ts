import { expect, test } from 'bun:test'
import { createLinks } from './http/links'
import { createUnsubscribeLinks } from './mail/unsubscribe-links'
import { createChallenges } from './sessions/challenge'
import { createRefreshTokens } from './sessions/refresh-token'
import { createTickets } from './sessions/ticket'
import { createSessionTokens } from './sessions/token'
import { readToken, signToken } from './signed-token'

const key = new Uint8Array(32).fill(7)
const keys = (): [Uint8Array] => [key]
const now = () => new Date('2026-01-01T00:00:00Z')
const expiresAt = new Date('2026-02-01T00:00:00Z')
const HEAD = 'eyJhbGciOiJIUzI1NiJ9'

const links = createLinks(keys, now)
const unsubscribe = createUnsubscribeLinks(key)
const tickets = createTickets(keys, now)
const refresh = createRefreshTokens(keys, now)
const sessions = createSessionTokens(keys, now)
const app = { id: 5, userId: 6, expiresAt, scopes: ['read' as const] }

/** Tokens as they were given out before, and as they have to be made and read for ever. */
const GIVEN_OUT = [
  {
    token: 'eyJhdWQiOiJpbnZpdGUiLCJzdWIiOiI1IiwiZXhwIjoxNzY5OTA0MDAwfQ.bgT7QwOod2_tqfq3ZMQTdpc1A-UqeHDA63q9hJ8rc_E',
    made: links.sign('invite', 5, expiresAt),
    read: (token: string): Promise<unknown> => links.read('invite', token),
    means: 5,
  },
  {
    token:
      'eyJsaXN0IjoiZGlnZXN0IiwiYXVkIjoidW5zdWJzY3JpYmUiLCJzdWIiOiI1In0.yPemlzmO9UMJxUTQsl3_GNY8A0wa3927_MXPA96c1mA',
    made: unsubscribe.sign(5, 'digest'),
    read: unsubscribe.read,
    means: { userId: 5, list: 'digest' },
  },
  {
    token:
      'eyJwYXNzd29yZCI6IjBFdVk5STZQaTh3VnhxNWF3RkNBSE5iY19VS1B0Zm5tWEU0VzU0QnpRUG8iLCJhdWQiOiJ0aWNrZXQiLCJzdWIiOiI1IiwiZXhwIjoxNzY3MjI2MjAwfQ.4ImSd7QfJM30hBqd8XRPA9WgsafwGy6QrprrXIOmXA4',
    made: tickets.sign(5, 'hash'),
    read: async (token: string) => {
      const ticket = await tickets.read(token)
      return ticket && [ticket.userId, ticket.isFor('hash'), ticket.isFor('other')]
    },
    means: [5, true, false],
  },
  {
    token:
      'eyJnZW4iOjIsImF1ZCI6InJlZnJlc2giLCJzdWIiOiI1IiwiZXhwIjoxNzY5OTA0MDAwfQ.SNuswfNNSlf99eup2slwv_m73dj-rhTVNG4TGeW0XpM',
    made: refresh.sign({ id: 5, generation: 2, expiresAt }),
    read: refresh.read,
    means: { sessionId: 5, generation: 2 },
  },
  {
    token:
      'eyJzaWQiOjUsInNjb3BlcyI6WyJyZWFkIl0sImF1ZCI6InNlc3Npb24iLCJzdWIiOiI2IiwiZXhwIjoxNzY5OTA0MDAwfQ.v2I3BSQ8Zn05AcjvR1fDkVGGeSniijTyorazH6280Xk',
    made: sessions.sign(app),
    read: sessions.read,
    means: { userId: 6, sessionId: 5, scopes: ['read'] },
  },
]

test('tokens are made and read as before, to the byte', async () => {
  for (const { token, made, read, means } of GIVEN_OUT) {
    expect(await made).toBe(`${HEAD}.${token}`)
    expect(await read(`${HEAD}.${token}`)).toEqual(means)
  }
})

test('a challenge is read for its use only, and no two are the same', async () => {
  const challenges = createChallenges(keys, now)
  const [one, other] = [await challenges.sign('add', 6), await challenges.sign('add', 6)]
  expect(one).not.toBe(other)
  expect(await challenges.read(one, 'add')).toMatchObject({ userId: 6, expiresAt: new Date(+now() + 3600_000) })
  expect(await challenges.read(one, 'join')).toBeNull()
})

test('a token is refused when it is forged, expired, for something else, or lacks a claim', async () => {
  const former = new Uint8Array(32).fill(8)
  const sign = (more: object = {}, by = key) =>
    signToken(by, { audience: 'here', subject: 5, claims: { word: 'yes' }, expiresAt, ...more })
  const read = (token: string, at = now()) =>
    readToken<{ word: string }>(token, [key, former], { audience: 'here', claims: ['word'], now: at })
  for (const by of [key, former])
    expect(await read(await sign({}, by))).toMatchObject({ subject: 5, claims: { word: 'yes' } })
  const whole = await sign()
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${whole.split('.')[1]}.`
  for (const refused of [
    await sign({}, new Uint8Array(32).fill(9)),
    await sign({ audience: 'there' }),
    await sign({ claims: {} }),
    await sign({ expiresAt: undefined }),
    unsigned,
    whole.slice(0, -4),
    'x',
    '',
  ])
    expect([refused, await read(refused)]).toEqual([refused, null])
  expect(await read(whole, expiresAt)).toBeNull()
})
