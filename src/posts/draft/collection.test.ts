import { expect, test } from 'bun:test'
import { type As, type Json, problem, testApp } from '../../../test/harness'

async function withCollections() {
  const t = await testApp()
  const ann = await t.user('ann', { password: 'a long password' })
  const bob = await t.user('bob')
  const create = async (name: string, as: As = ann): Promise<number> =>
    (await t.api(as, 'POST /collections', { name })).body.id
  const [sea, theirs] = [await create('Sea'), await create('Theirs', bob)]
  const fileId = await t.photo(ann)
  const save = (draft: object) => t.api(ann, 'PUT /posts/draft', draft)
  const publish = (post: object, id = fileId) => t.api(ann, 'POST /posts', { fileIds: [id], ...post })
  const inIt = async (id: number) =>
    (await t.api(ann, `GET /collections/${id}/posts`)).body.items.map(({ id }: Json) => id)
  const names = async () => (await t.api(ann, 'GET /collections')).body.items.map(({ name }: Json) => name)
  return { ...t, ann, bob, sea, theirs, fileId, save, publish, inIt, names }
}

test('a draft names a collection, and sharing puts the post into it, which only its author sees', async () => {
  using t = await withCollections()
  expect((await t.save({ fileIds: [t.fileId] })).body.collectionId).toBe(null)
  expect((await t.save({ fileIds: [t.fileId], collectionId: t.sea })).body.collectionId).toBe(t.sea)
  expect((await t.api(t.ann, 'GET /posts/draft')).body.collectionId).toBe(t.sea)
  const page = await (await t.request('/posts/new', { browser: t.ann })).text()
  expect(page).toMatch(new RegExp(`<option value="${t.sea}" selected[^>]*>Sea`))
  expect(page).not.toContain('Theirs')
  const { body: post } = await t.publish({ collectionId: t.sea })
  expect([await t.inIt(t.sea), post.viewer.bookmarked]).toEqual([[post.id], true])
  expect(Object.keys((await t.api(t.bob, `GET /posts/${post.id}`)).body)).not.toContain('collectionId')
})

test('a collection of somebody else or one that does not exist is refused, and nothing is made', async () => {
  using t = await withCollections()
  for (const collectionId of [t.theirs, 999]) {
    const refused = { status: 422, body: { errors: [{ path: 'collectionId' }] } }
    expect(await t.save({ fileIds: [t.fileId], collectionId })).toMatchObject(refused)
    expect(await t.publish({ collectionId })).toMatchObject(refused)
  }
  expect(await t.api(t.ann, 'GET /posts/draft')).toEqual(problem(404, 'not_found'))
  expect((await t.api(t.ann, 'GET /users/ann/posts')).body.items).toEqual([])
})

test('a name makes a collection once, and finds it afterwards', async () => {
  using t = await withCollections()
  const { body: draft } = await t.save({ collectionName: ' 여행 ' })
  expect((await t.save({ collectionName: '여행', collectionId: t.sea })).body.collectionId).toBe(draft.collectionId)
  const { body: post } = await t.publish({ collectionName: '여행' })
  expect([await t.names(), await t.inIt(draft.collectionId)]).toEqual([['여행', 'Sea'], [post.id]])
  const { body: other } = await t.publish({ collectionName: 'Home' }, await t.photo(t.ann))
  expect((await t.api(t.ann, `GET /collections?postId=${other.id}`)).body.items[0]).toMatchObject({
    name: 'Home',
    has: true,
  })
  expect((await t.save({ collectionName: 'x'.repeat(61) })).body.errors).toMatchObject([{ path: 'collectionName' }])
})

test('deleting a collection clears the draft that names it, so that the post can still be shared', async () => {
  using t = await withCollections()
  const { body: before } = await t.save({ caption: 'Kept', fileIds: [t.fileId], collectionId: t.sea })
  t.pass(1000)
  await t.api(t.ann, `DELETE /collections/${t.sea}`)
  const { body: draft } = await t.api(t.ann, 'GET /posts/draft')
  expect(draft).toMatchObject({ caption: 'Kept', collectionId: null })
  expect(draft.savedAt > before.savedAt).toBe(true) // so that an open page loads it again
  expect((await t.publish({ collectionId: draft.collectionId })).status).toBe(201)
})

test('a scheduled post is in its collection at once, and a request that is sent again puts it in once', async () => {
  using t = await withCollections()
  const request = { collectionName: 'Later', publishAt: '2026-01-01T12:00:00Z', idempotencyKey: 'once' }
  const { body: post } = await t.publish(request)
  expect((await t.publish(request)).body.id).toBe(post.id)
  const [later] = (await t.api(t.ann, 'GET /collections')).body.items
  expect([later.name, later.count, await t.inIt(later.id)]).toEqual(['Later', 1, [post.id]])
  await t.api(t.ann, `DELETE /collections/${later.id}`)
  expect((await t.publish(request)).body.id).toBe(post.id)
})

test('a form without JavaScript names a collection, and says why one is refused without losing anything', async () => {
  using t = await withCollections()
  const share = (fields: [string, string][]) =>
    t.request('/posts', {
      method: 'POST',
      browser: t.ann,
      form: [['fileIds', String(t.fileId)], ['caption', 'Typed'], ...fields],
    })
  const refused = await share([
    ['collectionId', String(t.theirs)],
    ['collectionName', ''],
  ])
  const html = await refused.text()
  expect(refused.status).toBe(422)
  expect(html).toContain('This collection does not exist any more. Choose another one.')
  expect(html).toContain('Typed</textarea>')
  expect(
    (
      await share([
        ['collectionId', ''],
        ['collectionName', 'Home'],
      ])
    ).status,
  ).toBe(303)
  expect(await t.names()).toEqual(['Home', 'Sea'])
})

test('an account with a draft in a collection can be deleted', async () => {
  using t = await withCollections()
  await t.save({ fileIds: [t.fileId], collectionId: t.sea })
  await t.api(t.ann, 'DELETE /users/account', { password: 'a long password', immediately: true })
  await t.runJobs()
  using db = t.openDatabase()
  expect(db.query('select (select count(*) from drafts), (select count(*) from collections)').values()).toEqual([
    [0, 1],
  ])
})
