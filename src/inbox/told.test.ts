import { expect, test } from 'bun:test'
import { openEventStream } from '../../test/event-stream'
import { testApp } from '../../test/harness'
import { touch } from '../db/tell'

type Call = [who: 'ann' | 'bob' | 'boss', call: string, body?: object]
type Case = { when: string; before?: Call[]; call: Call; unread: 0 | 1 }

const password = 'a long password'
const confirmed = (handle: string): Call => ['boss', `PATCH /admin/users/${handle}`, { adult: true }]
const forAdults: Call = ['ann', 'PATCH /posts/1', { adultsOnly: true }]
const holding: Call = ['boss', 'POST /admin/words', { word: 'plum', effect: 'hold', whole: true }]
const held: Call = ['ann', 'PATCH /posts/1', { caption: 'A plum' }]
const suspended: Call = ['boss', 'PUT /admin/users/ann/suspension', { reason: 'Spam' }]
const gone: Call = ['ann', 'DELETE /users/account', { password }]

/** Bob follows Ann, and her post 1 is all that is unread in his inbox, as long as it counts. */
const CASES: Case[] = [
  { when: 'they mute the author', call: ['bob', 'PUT /mutes/ann'], unread: 0 },
  {
    when: 'they unmute the author',
    before: [['bob', 'PUT /mutes/ann']],
    call: ['bob', 'DELETE /mutes/ann'],
    unread: 1,
  },
  { when: 'they mute the post', call: ['bob', 'PUT /muted-posts/1'], unread: 0 },
  {
    when: 'they unmute the post',
    before: [['bob', 'PUT /muted-posts/1']],
    call: ['bob', 'DELETE /muted-posts/1'],
    unread: 1,
  },
  { when: 'they mute a word', call: ['bob', 'POST /muted-words', { text: 'dull' }], unread: 0 },
  {
    when: 'they unmute a word',
    before: [['bob', 'POST /muted-words', { text: 'dull' }]],
    call: ['bob', 'DELETE /muted-words/1'],
    unread: 1,
  },
  { when: 'they unfollow the author', call: ['bob', 'DELETE /follows/ann'], unread: 0 },
  { when: 'the author ends their follow', call: ['ann', 'DELETE /follows/followers/bob'], unread: 0 },
  { when: 'they block the author', call: ['bob', 'PUT /blocks/ann'], unread: 0 },
  { when: 'the author blocks them', call: ['ann', 'PUT /blocks/bob'], unread: 0 },
  { when: 'the author deletes the post', call: ['ann', 'DELETE /posts/1'], unread: 0 },
  { when: 'the staff remove the post', call: ['boss', 'DELETE /admin/posts/1'], unread: 0 },
  {
    when: 'the author writes a word that they mute',
    before: [['bob', 'POST /muted-words', { text: 'grey' }]],
    call: ['ann', 'PATCH /posts/1', { caption: 'Grey' }],
    unread: 0,
  },
  { when: 'the caption is held for the staff', before: [holding], call: held, unread: 0 },
  {
    when: 'the staff allow a held caption',
    before: [holding, held],
    call: ['boss', 'PATCH /admin/flags/1', { outcome: 'allowed' }],
    unread: 1,
  },
  { when: 'the author keeps the post for adults', before: [confirmed('ann')], call: forAdults, unread: 0 },
  {
    when: 'they confirm their age',
    before: [confirmed('ann'), forAdults],
    call: ['bob', 'PUT /users/account/age', { birthDate: '1990-05-05' }],
    unread: 1,
  },
  { when: 'the staff confirm their age', before: [confirmed('ann'), forAdults], call: confirmed('bob'), unread: 1 },
  {
    when: 'they take back their age',
    before: [confirmed('ann'), confirmed('bob'), forAdults],
    call: ['bob', 'DELETE /users/account/age'],
    unread: 0,
  },
  {
    when: 'the staff take back their age',
    before: [confirmed('ann'), confirmed('bob'), forAdults],
    call: ['boss', 'PATCH /admin/users/bob', { adult: false }],
    unread: 0,
  },
  {
    when: 'the host sets another age for adults',
    before: [confirmed('ann'), confirmed('bob'), forAdults],
    call: ['boss', 'PATCH /admin/settings', { adultAge: 19 }],
    unread: 0,
  },
  { when: 'the staff suspend the author', call: suspended, unread: 0 },
  {
    when: 'the staff lift the suspension of the author',
    before: [suspended],
    call: ['boss', 'DELETE /admin/users/ann/suspension'],
    unread: 1,
  },
  { when: 'the author begins to leave', call: gone, unread: 0 },
  {
    when: 'the author comes back',
    before: [gone],
    call: ['boss', 'DELETE /admin/users/ann/deletion'],
    unread: 1,
  },
  {
    when: 'the author leaves at once',
    call: ['ann', 'DELETE /users/account', { password, immediately: true }],
    unread: 0,
  },
]

for (const { when, before = [], call, unread } of CASES)
  test(`the number of unread posts is right at once, and open pages are told, when ${when}`, async () => {
    using t = await testApp()
    const people = {
      boss: await t.user('boss', { role: 'admin' }),
      ann: await t.user('ann', { password }),
      bob: await t.user('bob'),
    }
    const ask = async ([who, what, body]: Call) => {
      const { status } = await t.api(people[who], what, body)
      expect([what, status < 300]).toEqual([what, true])
    }
    const make = async (call: Call) => {
      await ask(call)
      await t.runJobs()
    }
    const counted = async () => (await t.api(people.bob, 'GET /inbox')).body.unread
    await make(['bob', 'PUT /follows/ann'])
    await t.post(people.ann, { caption: 'Dull' })
    await t.runJobs()
    for (const each of before) await make(each)
    expect(await counted()).toBe(1 - unread)
    const page = await openEventStream(t, people.bob)
    await t.app.write(async (tx) => touch(tx, people.bob.id, 'coins'))
    await page.newest('coins') // so that the page has been told of everything before
    page.received.length = 0
    await ask(call)
    expect(await counted()).toBe(unread)
    expect((await page.newest('inbox')).data).toMatchObject({ unread })
  })
