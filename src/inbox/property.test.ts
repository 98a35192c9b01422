import { expect, test } from 'bun:test'
import { type Json, type Somebody, type TestApp, testApp } from '../../test/harness'
import { partOf } from '../../test/part'
import { rebuildInboxes } from './rebuild'

const PEOPLE = ['ann', 'bob', 'cat', 'dan']

/** Returns the same random numbers for the same seed, so that a failure can be repeated. */
function dice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

type Pair = { handle: string; of: string }

/** The inbox as the contract defines it, computed only from the actions taken. */
class Model {
  follows: Pair[] = []
  posts: { id: number; author: string; publishedAt: string }[] = []

  inboxOf = (handle: string) => {
    const followed = this.follows.filter((pair) => pair.handle === handle).map(({ of }) => of)
    const newestFirst = this.posts
      .filter(({ author }) => followed.includes(author))
      .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : b.id - a.id))
    return newestFirst.map(({ id }) => id)
  }
}

async function act(t: TestApp, people: Somebody[], model: Model, roll: (sides: number) => number) {
  const [who, whom] = [people[roll(people.length)]!, people[roll(people.length)]!]
  const pair = { handle: who.handle, of: whom.handle }
  const mine = model.posts.filter(({ author }) => author === who.handle)
  const post = mine[roll(mine.length)]
  const without = () => model.follows.filter(({ handle, of }) => handle !== pair.handle || of !== pair.of)
  switch (roll(7)) {
    case 0:
    case 1:
      if (who === whom) return
      await t.api(who, `PUT /follows/${whom.handle}`)
      model.follows = [...without(), pair]
      return
    case 2:
      await t.api(who, `DELETE /follows/${whom.handle}`)
      model.follows = without()
      return
    case 3:
    case 4: {
      const { id, publishedAt } = await t.post(who, { visibility: roll(2) ? 'followers' : 'everyone' })
      model.posts.push({ id, author: who.handle, publishedAt })
      return
    }
    case 5:
      if (!post) return
      await t.api(who, `DELETE /posts/${post.id}`)
      model.posts = model.posts.filter(({ id }) => id !== post.id)
      return
    default:
      if (post) await t.api(who, `PATCH /posts/${post.id}`, { visibility: roll(2) ? 'followers' : 'everyone' })
  }
}

/** Reads an inbox with its read flags, in small pages so that cursors are used. */
async function wholeInbox(t: TestApp, person: Somebody) {
  const items: [id: number, read: boolean][] = []
  let cursor = ''
  for (;;) {
    const { body } = await t.api(person, `GET /inbox?limit=3${cursor}`)
    items.push(...body.items.map(({ id, read }: Json) => [id, read]))
    if (!body.nextCursor) return { items, unread: body.unread }
    cursor = `&cursor=${body.nextCursor}`
  }
}

const idsOf = (body: Json): number[] => body.items.map(({ id }: { id: number }) => id)

for (const seed of partOf([1, 2, 3], 2))
  test(`after any sequence the inbox is correct, and a rebuild changes nothing (seed ${seed})`, async () => {
    using t = await testApp()
    const people = await Promise.all(PEOPLE.map((handle) => t.user(handle)))
    const model = new Model()
    const roll = dice(seed)
    for (let step = 0; step < 120; step++) {
      await act(t, people, model, roll)
      t.pass(roll(3)) // some actions share a millisecond
      if (!roll(4)) continue // jobs may lag behind several changes
      await t.runJobs()
      if (step % 10) continue
      for (const person of people)
        expect(idsOf((await t.api(person, 'GET /inbox?limit=100')).body)).toEqual(model.inboxOf(person.handle))
    }
    await t.runJobs()
    for (const person of people)
      expect(idsOf((await t.api(person, 'GET /inbox?limit=100')).body)).toEqual(model.inboxOf(person.handle))
    using other = t.openDatabase()
    const rows = other.query('select count(*) from inbox').values()[0]![0]
    expect(rows).toBe(PEOPLE.flatMap(model.inboxOf).length) // no hidden rows are left over
    expect(await rebuildInboxes(t.app)).toEqual({ people: PEOPLE.length, added: 0, removed: 0 })
    for (const person of people) {
      const { followers, following, posts } = (await t.api(person, `GET /users/${person.handle}`)).body
      const counted = [
        model.follows.filter(({ of }) => of === person.handle).length,
        model.follows.filter(({ handle }) => handle === person.handle).length,
        model.posts.filter(({ author }) => author === person.handle).length,
      ]
      expect([followers, following, posts]).toEqual(counted)
    }
  })

test('while jobs lag behind, a reader is never shown posts they may not see', async () => {
  using t = await testApp()
  const people = await Promise.all(PEOPLE.map((handle) => t.user(handle)))
  const model = new Model()
  const roll = dice(9)
  for (let step = 0; step < 60; step++) {
    await act(t, people, model, roll)
    for (const person of people) {
      const right = model.inboxOf(person.handle)
      const { body } = await t.api(person, 'GET /inbox?limit=100')
      expect(idsOf(body).filter((id) => !right.includes(id))).toEqual([])
      expect(body.unread).toBe(body.items.filter(({ read }: Json) => !read).length)
    }
    if (step % 7 === 0) await t.runJobs()
  }
})

test('a rebuild adds missing rows, removes surplus rows and keeps the read flags', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  await t.api(bob, 'PUT /follows/ann')
  const posts = []
  for (let i = 0; i < 5; i++) {
    t.pass(1000)
    posts.push(await t.post(ann))
    await t.runJobs()
  }
  await t.api(bob, 'PUT /inbox/read', { upTo: posts[2].publishedAt })
  const before = (await t.api(bob, 'GET /inbox')).body
  using other = t.openDatabase()
  other.run('delete from inbox where post_id in (?, ?)', [posts[3].id, posts[4].id])
  other.run(
    `insert into inbox values (${ann.id}, 1, ${posts[0].id}, false), (${bob.id}, 1, ${posts[0].id}, false), (99, 1, 99, false)`,
  )
  expect(await rebuildInboxes(t.app)).toMatchObject({ added: 2, removed: 2 })
  expect((await t.api(bob, 'GET /inbox')).body).toEqual(before)
})

for (const seed of partOf([4, 5], 2))
  test(`an inbox is the same whether posts are copied or merged (seed ${seed})`, async () => {
    using copying = await testApp()
    // posts of authors with fewer followers are copied, so lists contain both kinds
    using merging = await testApp({ PINHOLE_CROWD: '2' })
    const both = await Promise.all(
      [copying, merging].map(async (t) => ({
        t,
        people: await Promise.all(PEOPLE.map((handle) => t.user(handle))),
        model: new Model(),
        roll: dice(seed),
      })),
    )
    let mergedOnes = 0
    for (let step = 0; step < 60; step++) {
      const inboxes = []
      for (const { t, people, model, roll } of both) {
        await act(t, people, model, roll)
        t.pass(1 + roll(3))
        if (roll(3)) continue // jobs may lag behind
        await t.runJobs()
        const reader = people[roll(people.length)]!
        const newest = (await t.api(reader, 'GET /inbox')).body.items[roll(3)]
        if (newest) await t.api(reader, 'PUT /inbox/read', { upTo: newest.publishedAt })
        inboxes.push(await Promise.all(people.map((person) => wholeInbox(t, person))))
      }
      expect(inboxes[1]).toEqual(inboxes[0])
      using other = merging.openDatabase()
      mergedOnes += Number(other.query('select count(*) from posts where merged = true').values()[0]![0])
    }
    expect(mergedOnes).toBeGreaterThan(0)
    for (const { t } of both) await t.runJobs()
    for (const { t } of both) expect(await rebuildInboxes(t.app)).toMatchObject({ added: 0, removed: 0 })
  })
