import { afterEach, beforeEach, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { KINDS, type Kind } from '../../shapes/notifications'
import { notify } from '../../src/notifications/model'
import { users } from '../../src/users/table'
import type { Json } from '../harness'
import { type PushApp, pushApp } from '../push-app'

/** Kinds that stay when the post they are about is hidden from the recipient, and why. */
const KEPT: Partial<Record<Kind, string>> = {
  follow: 'It is about a person.',
  request: 'It is about a person.',
  accepted: 'It is about a person.',
  purchase: 'It is about coins of the recipient.',
  tip: 'It is about coins of the recipient.',
  look: 'It is about coins of the recipient.',
  gift: 'It is about a post in the library of the recipient.',
  refund: 'It is about coins of the recipient.',
  payout: 'It is about coins of the recipient.',
  file_failed: 'It is about a file of the recipient.',
  report: 'It says no more than who reported something, and is for the staff.',
  staff: 'It is a sentence of the staff to the recipient.',
}
const HIDDEN = KINDS.filter((kind) => !KEPT[kind])
const CAPTION = 'Only for those who follow me'

let t: PushApp
let cat: PushApp['ann']

/** A post for the followers of Ann, and a notification of every kind about it for Bob, who belongs to the staff. */
async function tellAll() {
  const { id: postId } = await t.post(t.ann, { visibility: 'followers', caption: CAPTION })
  for (const kind of KINDS) {
    const news = { kind, actorId: cat.id, postId, coins: 5, at: t.app.now() }
    await t.app.write((tx) => notify(tx, { ...news, userId: t.bob.id }))
  }
}

beforeEach(async () => {
  t = await pushApp()
  cat = await t.user('cat')
  await t.app.write((tx) => tx.update(users).set({ role: 'moderator' }).where(eq(users.id, t.bob.id)))
  await t.follow(t.bob, t.ann)
  await t.api(t.bob, 'PUT /follows/ann', { notify: false }) // the new posts themselves would add notifications
})
afterEach(async () => {
  expect(t.service.faults).toEqual([])
  await t[Symbol.asyncDispose]()
})

const kindsOf = (items: Json[]) => items.map(({ kind }) => kind).sort()
const chooseAll = (choice: Record<string, boolean>) =>
  t.api(t.bob, 'PATCH /notifications/settings', { choices: Object.fromEntries(KINDS.map((kind) => [kind, choice])) })

test('the page tells nothing about a post that the recipient may no longer see, whatever the kind', async () => {
  await tellAll()
  const before = (await t.api(t.bob, 'GET /notifications')).body
  // new posts are listed, but counted at the inbox
  expect([before.unread, kindsOf(before.items)]).toEqual([KINDS.length - 1, [...KINDS].sort()])
  expect(JSON.stringify(before)).toContain(CAPTION)

  await t.api(t.bob, 'DELETE /follows/ann')
  const after = (await t.api(t.bob, 'GET /notifications')).body
  expect([after.unread, kindsOf(after.items)]).toEqual([KINDS.length - HIDDEN.length, Object.keys(KEPT).sort()])
  expect(JSON.stringify(after)).not.toContain(CAPTION)
  expect(after.items.filter((item: Json) => item.post)).toEqual([])
})

for (const [name, choice] of [
  ['a notification on the page', { page: true, push: true }],
  ['no notification on the page', { page: false, push: true }],
] as const)
  test(`with ${name}, pushes tell nothing about a post that the recipient may no longer see`, async () => {
    await chooseAll(choice)
    const { device } = await t.subscribe(t.bob)
    const pushed = async () => {
      device.got.length = 0
      await t.runJobs()
      return kindsOf(device.got.map(({ payload }) => payload))
    }
    await tellAll()
    expect(await pushed()).toEqual([...KINDS].sort())

    await tellAll()
    await t.api(t.bob, 'DELETE /follows/ann')
    expect(await pushed()).toEqual(Object.keys(KEPT).sort())
  })
