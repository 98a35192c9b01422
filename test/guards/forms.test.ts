import { expect, test } from 'bun:test'
import { market } from '../market'

const ofLooseFiles = (sql: string) => /^select .* from "files" where .*"post_id" is null/s.test(sql)
const ofWholePosts = (sql: string) => /^select "posts"."id", .*"caption"/s.test(sql)

test('publishing asks for the form only when the form is shown again', async () => {
  using t = await market()
  const draft = { fileIds: [await t.photo(t.ann)], price: 5 }
  const publishing = await t.queriesOf(async () => {
    expect((await t.api(t.ann, 'POST /posts', draft)).status).toBe(201)
  })
  expect(publishing.filter(ofLooseFiles)).toEqual([])
  expect(publishing).toHaveLength(20) // one looks in the transaction whether the session is still open, three read raised epochs afterwards

  const refused = await t.queriesOf(async () => {
    const form = { fileIds: String(await t.photo(t.ann)), price: '-1' }
    const answer = await t.request('/posts', { method: 'POST', browser: t.ann, form })
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('name="fileIds"')])
  })
  expect(refused.filter(ofLooseFiles)).toHaveLength(1)
  const scripted = await t.queriesOf(async () => {
    expect((await t.api(t.ann, 'POST /posts', { ...draft, price: -1 })).status).toBe(422)
  })
  expect(scripted.filter(ofLooseFiles)).toEqual([])
})

test('buying reads the post once, to show it unlocked, and a refusal reads it once for the form', async () => {
  using t = await market()
  await t.grant(t.bob, 10)
  const post = await t.post(t.ann, { price: 5 })
  const offer = { id: post.id, price: 5 }
  const buying = await t.queriesOf(async () => {
    expect((await t.buy(t.bob, offer)).status).toBe(201)
  })
  expect(buying.filter(ofWholePosts)).toHaveLength(1)
  expect(buying).toHaveLength(20) // none follows the commit, since it changes nothing that is kept in memory

  const scripted = await t.queriesOf(async () => {
    expect((await t.buy(t.eve, offer)).status).toBe(402)
  })
  expect(scripted.filter(ofWholePosts)).toEqual([])
  const refused = await t.queriesOf(async () => {
    const form = { price: '5' }
    const answer = await t.request(`/library/${post.id}?_method=PUT`, { method: 'POST', browser: t.eve, form })
    expect([answer.status, await answer.text()]).toEqual([402, expect.stringContaining('You have 0 coins')])
  })
  expect(refused.filter(ofWholePosts)).toHaveLength(1)
})

test('a form whose subject is gone, or belongs to somebody else, answers with that', async () => {
  using t = await market()
  const post = await t.post(t.ann)
  const change = (id: number) =>
    t.request(`/posts/${id}?_method=PATCH`, { method: 'POST', browser: t.bob, form: { caption: 'x'.repeat(9000) } })
  expect([(await change(post.id)).status, (await change(post.id + 1)).status]).toEqual([403, 404])
})
