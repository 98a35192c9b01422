import { expect, test } from 'bun:test'
import { problem, type Somebody, testApp } from '../../test/harness'

const DAY_MS = 24 * 3600_000

async function withAnn() {
  const t = await testApp()
  const ann = await t.user('ann')
  const publish = (key: string, draft: object, as: Somebody = ann) =>
    t.api(as, 'POST /posts', draft, { 'idempotency-key': key })
  return { ...t, ann, publish, count: async () => (await t.api(ann, 'GET /posts')).body.items.length }
}

test('a repeated key returns the first answer, and the work is done once', async () => {
  using t = await withAnn()
  const draft = { caption: 'one', fileIds: [await t.photo(t.ann)] }
  const first = await t.publish('k', draft)
  t.pass(DAY_MS - 1000)
  const again = await t.publish('k', draft)
  expect([first.status, again.status, again.headers.get('location')]).toEqual([201, 201, first.headers.get('location')])
  expect([again.body.id, again.body.createdAt, await t.count()]).toEqual([first.body.id, first.body.createdAt, 1])
})

test('concurrent requests with the same key are done once', async () => {
  using t = await withAnn()
  const draft = { caption: 'one', fileIds: [await t.photo(t.ann)] }
  const answers = await Promise.all(Array.from({ length: 20 }, () => t.publish('k', draft)))
  const made = answers.filter(({ status }) => status === 201)
  expect([new Set(made.map(({ body }) => body.id)).size, await t.count()]).toEqual([1, 1])
  for (const other of answers.filter(({ status }) => status !== 201)) expect(other).toEqual(problem(409, 'in_progress'))
})

test('a key with another body is refused; keys of other people, or after a day, are independent', async () => {
  using t = await withAnn()
  const bob = await t.user('bob')
  const draft = async (as: Somebody) => ({ caption: 'same', fileIds: [await t.photo(as)] })
  await t.publish('k', await draft(t.ann))
  expect(await t.publish('k', await draft(t.ann))).toEqual(problem(422, 'key_reused'))
  expect((await t.publish('k', await draft(bob), bob)).status).toBe(201)
  t.pass(DAY_MS + 1)
  expect((await t.publish('k', await draft(t.ann))).status).toBe(201)
})

test('a failed request is not remembered, so its key can be used again', async () => {
  using t = await withAnn()
  expect((await t.publish('k', { fileIds: [999] })).status).toBe(404)
  expect((await t.publish('k', { fileIds: [await t.photo(t.ann)] })).status).toBe(201)
})

test('a form sends its key, so submitting it twice creates one post', async () => {
  using t = await withAnn()
  const html = await (await t.request('/posts/new', { browser: t.ann })).text()
  const idempotencyKey = /name="idempotencyKey" value="([\w-]{36})"/.exec(html)![1]!
  const form = { caption: 'twice', fileIds: String(await t.photo(t.ann)), idempotencyKey }
  const sent = await Promise.all([1, 2].map(() => t.request('/posts', { method: 'POST', browser: t.ann, form })))
  expect([
    sent.map(({ status }) => status),
    sent.map(({ headers }) => headers.get('location')),
    await t.count(),
  ]).toEqual([[303, 303], ['/posts/1', '/posts/1'], 1])
})
