import { expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { testApp } from '../../test/harness'
import { until } from '../../test/until'
import { follows } from '../follows/table'
import { jobs } from '../jobs/table'
import { raiseEpoch } from '../users/model'
import { users } from '../users/table'
import { createListeners } from './listeners'

const of = (...touched: string[]) => ({ said: [], touched: new Set(touched) })

test('a listener is told of commits that may have changed its tables, and of all by other processes', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const told: string[] = []
  t.app.onChange(({ foreign }) => void told.push(`users ${foreign}`), [users, jobs])
  t.app.onChange(({ foreign }) => void told.push(`all ${foreign}`))
  await t.app.write((tx) => tx.delete(follows).where(eq(follows.followerId, ann.id)))
  expect(told.splice(0)).toEqual(['all false'])
  await t.app.write((tx) => raiseEpoch(tx, ann.id, t.app.now()))
  expect(told.splice(0)).toEqual(['users false', 'all false'])
  await t.app.write((tx) => tx.select().from(users))
  expect(told.splice(0)).toEqual(['all false'])
  using other = t.openDatabase()
  other.run('delete from follows')
  await until('both were told', () => told.length === 2)
  expect(told).toEqual(['users true', 'all true'])
})

test('what a transaction changed that failed is told to nobody', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  let told = 0
  t.app.onChange(() => void told++, [users])
  const failed = t.app.write(async (tx) => {
    await raiseEpoch(tx, ann.id, t.app.now())
    throw new Error('no')
  })
  const other = t.app.write((tx) => tx.delete(follows).where(eq(follows.followerId, ann.id)))
  await expect(failed).rejects.toThrow('no')
  await other
  expect(told).toBe(0)
})

test('a listener that is still reading is not called again until it has read', async () => {
  const { changed, committed, onChange } = createListeners()
  let stored = 1
  let [kept, running] = [0, 0]
  const seen: string[] = []
  onChange(
    async ({ foreign }) => {
      expect(++running).toBe(1)
      const read = stored
      // what was read first takes the longest to arrive
      await Bun.sleep(read === 1 ? 20 : 1)
      running--
      kept = read
      seen.push(`${read} ${foreign}`)
    },
    [users],
  )
  const first = committed(of('users'))
  await Bun.sleep(1)
  stored = 2
  const rest = [committed(of('users')), changed({ foreign: true }), committed(of('follows'))]
  await first
  await Promise.all(rest)
  expect([kept, seen]).toEqual([2, ['1 false', '2 true']])
  await committed(of('follows'))
  expect(seen).toHaveLength(2)
})
