import { expect, test } from 'bun:test'
import { and, eq } from 'drizzle-orm'
import { testApp } from '../../test/harness'
import { jobs } from '../jobs/table'
import { deliver } from './jobs'
import { inbox } from './table'

test('a post reaches every follower once, in chunks, and goes on where it was cut off', async () => {
  using t = await testApp()
  const as = await t.user('star')
  t.crowd(as.id, 1203)
  await t.request('/api/posts', { as, method: 'POST', json: { caption: 'new' } })
  let chunks = 0
  const write: typeof t.app.write = (fn) => (chunks++ < 2 ? t.app.write(fn) : Promise.reject(new Error('killed')))
  const [job] = await t.app.db.select().from(jobs)
  await expect(deliver({ ...t.app, write }, job!)).rejects.toThrow('killed')
  expect(await t.app.db.$count(inbox)).toBe(1000)
  expect((await t.app.db.select().from(jobs))[0]!.payload.after).toBe(as.id + 1000)
  await t.runJobs()
  expect([await t.app.db.$count(inbox), await t.app.db.$count(inbox, eq(inbox.read, false)), await t.app.db.$count(jobs)]).toEqual([
    1203, 1203, 0,
  ])
})

test('following brings the latest posts along as read; unfollowing takes them out', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const publish = async () => {
    await t.request('/api/posts', { as: ann, method: 'POST', json: { caption: 'x', visibility: 'followers' } })
    await t.runJobs()
    t.pass(1000)
  }
  const rows = () =>
    t.app.db
      .select({ postId: inbox.postId, read: inbox.read })
      .from(inbox)
      .where(and(eq(inbox.userId, bob.id)))
  await publish()
  const follow = async (method: string) => (await t.request('/api/follows/ANN', { as: bob, method })).status
  expect([await follow('PUT'), await follow('PUT')]).toEqual([201, 200])
  await publish()
  expect(await rows()).toEqual([
    { postId: 1, read: true },
    { postId: 2, read: false },
  ])
  expect([await follow('DELETE'), await follow('DELETE')]).toEqual([204, 204])
  expect([await rows(), t.app.revoked.viewers.get(bob.id)]).toEqual([[], 1])
})
