import { expect, test } from 'bun:test'
import { type As, type Json, problem, testApp } from '../../test/harness'

test('what I liked and wrote is listed for me alone, as far as I may still see the posts', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const [one, two] = [await t.post(ann, { caption: 'one' }), await t.post(ann, { caption: 'two' })]
  for (const { id } of [two, one]) {
    t.pass(1000)
    await t.api(bob, `PUT /posts/${id}/like`)
    await t.api(bob, `POST /posts/${id}/comments`, { text: `to ${id}` })
  }
  const liked = async (as: As, more = '') =>
    (await t.api(as, `GET /activity/likes${more}`)).body.items.map(({ id }: Json) => id)
  const said = async (as: As) =>
    (await t.api(as, 'GET /activity/comments')).body.items.map(({ comment, post }: Json) => [comment.text, post.id])
  expect(await liked(bob)).toEqual([one.id, two.id])
  expect(await said(bob)).toEqual([
    [`to ${one.id}`, one.id],
    [`to ${two.id}`, two.id],
  ])
  expect([await liked(ann), await said(ann)]).toEqual([[], []])
  const { nextCursor } = (await t.api(bob, 'GET /activity/likes?limit=1')).body
  expect(await liked(bob, `?limit=1&cursor=${nextCursor}`)).toEqual([two.id])
  const page = async (path: string) => (await t.request(path, { browser: bob })).text()
  expect(await page('/activity/likes')).toContain(`href="/posts/${two.id}"`)
  expect(await page('/activity/comments')).not.toContain('edited')
  const [{ comment }] = (await t.api(bob, 'GET /activity/comments')).body.items
  await t.api(bob, `PATCH /comments/${comment.id}`, { text: `to ${one.id}!` })
  const written = await page('/activity/comments')
  for (const part of [`to ${two.id}`, `to ${one.id}!`, 'edited']) expect(written).toContain(part)
  await t.api(bob, `PATCH /comments/${comment.id}`, { text: `to ${one.id}` })
  expect(await t.api(null, 'GET /activity/likes')).toEqual(problem(401, 'unauthenticated'))

  await t.api(ann, `PATCH /posts/${one.id}`, { visibility: 'followers' })
  expect([await liked(bob), await said(bob)]).toEqual([[two.id], [[`to ${two.id}`, two.id]]])
  await t.api(bob, `DELETE /posts/${two.id}/like`)
  expect(await liked(bob)).toEqual([])
})
