import { expect, test } from 'bun:test'
import { type As, type Json, problem, type Somebody, testApp } from '../../test/harness'

async function withThree() {
  const t = await testApp()
  const [ann, bob, cat] = [await t.user('ann'), await t.user('bob'), await t.user('cat')]
  const post = await t.post(ann)
  const seen = async (as: As, id = post.id) => (await t.api(as, `GET /posts/${id}`)).body
  const told = async (as: As) =>
    (await t.api(as, 'GET /notifications')).body.items.map(({ kind, count }: Json) => [kind, count])
  return { ...t, publish: t.post, ann, bob, cat, post, seen, told }
}

test('liking twice keeps one like, with its count, its mark and its notification', async () => {
  using t = await withThree()
  const at = `/posts/${t.post.id}/like`
  const made = await t.api(t.bob, `PUT ${at}`)
  expect([made.status, made.headers.get('location'), made.body.likes, made.body.viewer.liked]).toEqual([
    201,
    `/api${at}`,
    1,
    true,
  ])
  expect((await t.api(t.bob, `PUT ${at}`)).status).toBe(200)
  await t.api(t.ann, `PUT ${at}`)
  expect(await t.seen(t.cat)).toMatchObject({ likes: 2, viewer: { liked: false } })
  expect(await t.told(t.ann)).toEqual([['like', 1]])
  for (let i = 0; i < 2; i++) expect((await t.api(t.bob, `DELETE ${at}`)).status).toBe(204)
  expect([await t.seen(t.bob), await t.told(t.ann)]).toMatchObject([{ likes: 1, viewer: { liked: false } }, []])
})

test('parallel likes count once each', async () => {
  using t = await withThree()
  const fans = await Promise.all(Array.from({ length: 8 }, (_, i) => t.user(`fan${i}x`)))
  const all = (call: string) => Promise.all([...fans, ...fans, ...fans].map((fan) => t.api(fan, call)))
  const made = await all(`PUT /posts/${t.post.id}/like`)
  expect([made.filter(({ status }) => status === 201).length, (await t.seen(t.bob)).likes]).toEqual([8, 8])
  await Promise.all([all(`DELETE /posts/${t.post.id}/like`), t.api(t.bob, `PUT /posts/${t.post.id}/like`)])
  expect((await t.seen(t.bob)).likes).toBe(1)
  const said = await Promise.all(fans.map((fan) => t.api(fan, `POST /posts/${t.post.id}/comments`, { text: 'hi' })))
  expect((await t.seen(t.bob)).comments).toBe(8)
  await Promise.all([0, 1, 2].flatMap(() => said.map(({ body }) => t.api(t.ann, `DELETE /comments/${body.id}`))))
  expect((await t.seen(t.bob)).comments).toBe(0)
})

test('bookmarks are private, newest first, and list only posts the viewer may still see', async () => {
  using t = await withThree()
  const [open, hidden] = [t.post, await t.publish(t.ann)]
  const items = async (as: As) => (await t.api(as, 'GET /bookmarks')).body.items.map(({ id }: Json) => id)
  for (const { id } of [hidden, open]) {
    expect((await t.api(t.bob, `PUT /posts/${id}/bookmark`)).body.viewer.bookmarked).toBe(true)
    t.pass(1000)
  }
  expect((await t.api(t.bob, `PUT /posts/${open.id}/bookmark`)).status).toBe(200)
  expect([await items(t.bob), await items(t.cat), await t.told(t.ann)]).toEqual([[open.id, hidden.id], [], []])
  await t.api(t.ann, `PATCH /posts/${hidden.id}`, { visibility: 'followers' })
  expect(await items(t.bob)).toEqual([open.id])
  expect((await t.api(t.bob, `DELETE /posts/${hidden.id}/bookmark`)).status).toBe(204)
  const first = await t.api(t.bob, 'GET /bookmarks?limit=1')
  expect(first.body.nextCursor).toBeNull()
  expect(await (await t.request('/bookmarks', { browser: t.bob })).text()).toContain(`/posts/${open.id}`)
  expect(await t.api(null, 'GET /bookmarks')).toEqual(problem(401, 'unauthenticated'))
})

test('a hidden post cannot be liked, bookmarked or commented on', async () => {
  using t = await withThree()
  const hidden = await t.publish(t.ann, { visibility: 'followers' })
  const said = (await t.api(t.ann, `POST /posts/${hidden.id}/comments`, { text: 'to my friends' })).body
  const calls = (id: number): [string, Json?][] => [
    [`PUT /posts/${id}/like`],
    [`DELETE /posts/${id}/like`],
    [`PUT /posts/${id}/bookmark`],
    [`DELETE /posts/${id}/bookmark`],
    [`GET /posts/${id}/comments`],
    [`POST /posts/${id}/comments`, { text: 'hi' }],
  ]
  const own: [string, Json?][] = [[`GET /comments/${said.id}`], [`PATCH /comments/${said.id}`, { text: 'x' }]]
  for (const [call, body] of [...calls(hidden.id), ...calls(999), ...own])
    expect([call, await t.api(t.bob, call, body)]).toEqual([call, problem(404, 'not_found')])
  // The response is the same as for a missing comment.
  expect((await t.api(t.bob, `DELETE /comments/${said.id}`)).status).toBe(204)
  expect((await t.api(t.ann, `GET /comments/${said.id}`)).status).toBe(200)
  for (const [call, body] of calls(t.post.id).filter(([call]) => !call.startsWith('GET')))
    expect([call, await t.api(null, call, body)]).toEqual([call, problem(401, 'unauthenticated')])
})

test('a locked post can be liked, bookmarked and discussed, and stays locked everywhere', async () => {
  using t = await withThree()
  const paid = await t.publish(t.ann, { price: 30 })
  expect((await t.api(t.bob, `PUT /posts/${paid.id}/like`)).body).toMatchObject({ locked: true, likes: 1 })
  await t.api(t.bob, `PUT /posts/${paid.id}/bookmark`)
  expect((await t.api(t.bob, `POST /posts/${paid.id}/comments`, { text: 'what is in it?' })).status).toBe(201)
  const [item] = (await t.api(t.bob, 'GET /bookmarks')).body.items
  expect([item.locked, Object.keys(item.files[0].renditions)]).toEqual([true, ['blurred']])
})

const comment = (t: Awaited<ReturnType<typeof withThree>>, as: Somebody, text: string, parentId?: number) =>
  t.api(as, `POST /posts/${t.post.id}/comments`, { text, ...(parentId && { parentId }) })

test('comments come newest first, with one level of answers and all their fields', async () => {
  using t = await withThree()
  const one = await comment(t, t.bob, '  one  ')
  expect([one.status, one.headers.get('location'), one.body]).toMatchObject([
    201,
    `/api/comments/${one.body.id}`,
    {
      text: 'one',
      postId: t.post.id,
      author: { handle: 'bob' },
      editedAt: null,
      parentId: null,
      viewer: { own: true, mayDelete: true },
    },
  ])
  t.pass(1000)
  const two = (await comment(t, t.cat, 'two', one.body.id)).body
  t.pass(1000)
  const three = (await comment(t, t.bob, 'three', two.id)).body
  expect([two.parentId, three.parentId]).toEqual([one.body.id, one.body.id])
  const { items } = (await t.api(t.ann, `GET /posts/${t.post.id}/comments`)).body
  expect(items.map(({ text, viewer }: Json) => [text, viewer.own, viewer.mayDelete])).toEqual([
    ['three', false, true],
    ['two', false, true],
    ['one', false, true],
  ])
  const answers = (await t.api(t.cat, `GET /posts/${t.post.id}/comments?parentId=${one.body.id}&limit=1`)).body
  expect([answers.items.map(({ text }: Json) => text), typeof answers.nextCursor]).toEqual([['three'], 'string'])
  expect((await t.seen(t.cat)).comments).toBe(3)
  const other = await t.publish(t.ann)
  expect(await t.api(t.bob, `POST /posts/${other.id}/comments`, { text: 'x', parentId: one.body.id })).toEqual(
    problem(404, 'not_found'),
  )
  for (const wrong of [{ text: ' ' }, { text: 'x'.repeat(2001) }, {}, { text: 'x', parentId: 'y' }])
    expect((await t.api(t.bob, `POST /posts/${t.post.id}/comments`, wrong)).status).toBe(422)
  expect((await t.api(t.bob, `GET /posts/${t.post.id}/comments?parentId=x`)).status).toBe(422)
})

test('repeating an idempotency key creates no second comment', async () => {
  using t = await withThree()
  const send = (text: string) => t.api(t.bob, `POST /posts/${t.post.id}/comments`, { text }, { 'idempotency-key': 'k' })
  const [a, b] = await Promise.all([send('hi'), send('hi')])
  expect([a.body.id === b.body.id, (await t.seen(t.bob)).comments]).toEqual([true, 1])
  expect(await send('other')).toEqual(problem(422, 'key_reused'))
})

test('only the author edits a comment; the author, the author of the post and the staff delete it', async () => {
  using t = await withThree()
  const boss = await t.user('boss', { role: 'moderator' })
  const { id } = (await comment(t, t.bob, 'old')).body
  t.pass(1000)
  const changed = (await t.api(t.bob, `PATCH /comments/${id}`, { text: 'new' })).body
  expect([changed.text, changed.editedAt > changed.createdAt]).toEqual(['new', true])
  for (const who of [t.ann, boss])
    expect(await t.api(who, `PATCH /comments/${id}`, { text: 'x' })).toEqual(problem(403, 'forbidden'))
  expect(await t.api(t.cat, `DELETE /comments/${id}`)).toEqual(problem(403, 'forbidden'))
  for (const who of [t.bob, t.ann, boss]) {
    const { id } = (await comment(t, t.bob, 'again')).body
    for (let i = 0; i < 2; i++) expect((await t.api(who, `DELETE /comments/${id}`)).status).toBe(204)
    expect((await t.api(t.bob, `GET /comments/${id}`)).status).toBe(404)
  }
  expect((await t.seen(t.bob)).comments).toBe(1)
})

test('authors of posts, answered and mentioned people are notified once, and never of themselves', async () => {
  using t = await withThree()
  const dan = await t.user('dan')
  const one = (await comment(t, t.bob, 'nice @ann, @bob and @CAT! but not x@dan or @dan@else')).body
  expect([await t.told(t.ann), await t.told(t.bob), await t.told(t.cat), await t.told(dan)]).toEqual([
    [['comment', 1]],
    [],
    [['mention', 1]],
    [],
  ])
  const [notice] = (await t.api(t.cat, 'GET /notifications')).body.items
  expect(notice).toMatchObject({
    url: `/comments/${one.id}#comment-${one.id}`,
    comment: { id: one.id },
    post: { id: t.post.id },
  })
  for (const text of ['@cat', 'nobody', '@cat @dan']) await t.api(t.bob, `PATCH /comments/${one.id}`, { text })
  expect([await t.told(t.cat), await t.told(dan)]).toEqual([[['mention', 1]], [['mention', 1]]])
  await comment(t, t.cat, 'I answer @bob', one.id)
  expect(await t.told(t.bob)).toEqual([['comment', 1]])
  await t.api(t.bob, `DELETE /comments/${one.id}`)
  // The notification is about the answer.
  expect([await t.told(t.ann), await t.told(t.cat)]).toEqual([[['comment', 1]], []])
})

test('a caption notifies the people it mentions when it is published or edited, if they may see the post', async () => {
  using t = await withThree()
  await t.api(t.bob, 'PUT /follows/ann', { notify: false })
  const post = await t.publish(t.ann, { caption: 'with @bob and @cat', visibility: 'followers' })
  const mentions = async (as: As) => (await t.told(as)).filter(([kind]: Json) => kind === 'mention').length
  expect([await mentions(t.bob), await mentions(t.cat)]).toEqual([1, 0])
  await t.api(t.ann, `PATCH /posts/${post.id}`, { caption: 'with @bob, @cat', visibility: 'everyone' })
  expect([await mentions(t.bob), await mentions(t.cat)]).toEqual([1, 1])
  expect(await (await t.request(`/posts/${post.id}`, { browser: t.cat })).text()).toContain(
    'href="/users/bob">@bob</a>',
  )
})

test('a block hides comments and likes both ways, in lists and counts, and nobody is told', async () => {
  using t = await withThree()
  const bobs = (await comment(t, t.bob, 'from bob')).body
  await comment(t, t.cat, 'from cat', bobs.id)
  await t.api(t.bob, `PUT /posts/${t.post.id}/like`)
  await t.api(t.cat, `PUT /posts/${t.post.id}/like`)
  expect((await t.api(t.bob, 'PUT /blocks/cat')).status).toBe(201)
  const texts = async (as: As) =>
    (await t.api(as, `GET /posts/${t.post.id}/comments`)).body.items.map(({ text }: Json) => text)
  expect([await texts(t.bob), await texts(t.cat), (await texts(t.ann)).length]).toEqual([['from bob'], ['from cat'], 2])
  for (const who of [t.bob, t.cat]) expect(await t.seen(who)).toMatchObject({ likes: 1, comments: 1 })
  expect(await t.seen(t.ann)).toMatchObject({ likes: 2, comments: 2 })
  expect(await comment(t, t.cat, 'x', bobs.id)).toEqual(problem(404, 'not_found'))
  expect((await t.api(t.cat, `GET /comments/${bobs.id}`)).status).toBe(404)
  await comment(t, t.cat, '@bob look')
  expect((await t.told(t.bob)).filter(([kind]: Json) => kind === 'mention')).toEqual([])
  const page = await (await t.request(`/posts/${t.post.id}`, { browser: t.cat })).text()
  expect([page.includes('from bob'), page.includes('from cat'), page.includes('no longer available')]).toEqual([
    false,
    true,
    true,
  ])
})

test('deleting a post erases its comments, likes, bookmarks and mentions', async () => {
  using t = await withThree()
  const { id } = (await comment(t, t.bob, 'personal words @cat')).body
  for (const mark of ['like', 'bookmark']) await t.api(t.bob, `PUT /posts/${t.post.id}/${mark}`)
  await t.api(t.ann, `DELETE /posts/${t.post.id}`)
  expect([
    (await t.api(t.bob, `GET /comments/${id}`)).status,
    (await t.api(t.bob, 'GET /bookmarks')).body.items,
  ]).toEqual([404, []])
  await t.runJobs()
  using other = t.openDatabase()
  const left = ['likes', 'bookmarks', 'mentions'].map(
    (table) => other.query(`select count(*) from ${table}`).values()[0]![0],
  )
  expect([left, other.query('select text from comments').values()]).toEqual([[0, 0, 0], [['']]])
})

test('deleting an account erases its comments and likes, and keeps the answers of others', async () => {
  using t = await withThree()
  const dan = await t.user('dan', { password: 'a long password' })
  const root = (await comment(t, dan, 'personal words')).body
  await comment(t, t.bob, 'an answer', root.id)
  for (const mark of ['like', 'bookmark']) await t.api(dan, `PUT /posts/${t.post.id}/${mark}`)
  expect((await t.api(dan, 'DELETE /users/account', { password: 'a long password', immediately: true })).status).toBe(
    204,
  )
  const texts = async () =>
    (await t.api(t.ann, `GET /posts/${t.post.id}/comments`)).body.items.map(({ text }: Json) => text)
  expect(await texts()).toEqual(['an answer'])
  await t.runJobs()
  expect([await texts(), await t.seen(t.ann)]).toMatchObject([['an answer'], { likes: 0, comments: 1 }])
  const page = await (await t.request(`/posts/${t.post.id}`, { browser: t.ann })).text()
  expect([page.includes('an answer'), page.includes('no longer available'), page.includes('personal words')]).toEqual([
    true,
    true,
    false,
  ])
  using other = t.openDatabase()
  expect(JSON.stringify(other.query('select * from comments').values())).not.toContain('personal')
  expect(other.query('select (select count(*) from likes), (select count(*) from bookmarks)').values()).toEqual([
    [0, 0],
  ])
})

test('comments are limited to the number per hour that the staff set', async () => {
  using t = await withThree()
  const boss = await t.user('boss', { role: 'admin' })
  await t.api(boss, 'PATCH /admin/settings', { limits: { comments: 2 } })
  for (let i = 0; i < 2; i++) expect((await comment(t, t.bob, 'hi')).status).toBe(201)
  expect(await comment(t, t.bob, 'hi')).toEqual(problem(429, 'rate_limited'))
  expect((await comment(t, t.cat, 'hi')).status).toBe(201)
})
