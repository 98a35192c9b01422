import { expect, test } from 'bun:test'
import { onPostgres } from '../../test/postgres/databases'
import { type PushApp, pushAppForEachTest } from '../../test/push-app'

let t: PushApp
let ann: PushApp['ann']
let bob: PushApp['bob']

pushAppForEachTest((app) => {
  t = app
  ;({ ann, bob } = app)
})

/** More than are loaded at a time. */
const CROWD = 240

/** Gives a reader many devices and lets them follow people. */
async function crowdOf(...authors: PushApp['ann'][]) {
  const readers = await Promise.all(Array.from({ length: CROWD / 20 }, (_, i) => t.user(`reader${i}`)))
  for (const reader of readers) {
    for (const { handle } of authors) await t.api(reader, `PUT /follows/${handle}`)
    await Promise.all(Array.from({ length: 20 }, () => t.subscribe(reader)))
  }
  await t.runJobs()
  t.service.titles.length = 0
}

const announced = (who: { handle: string }) => `${who.handle} posted something new.`
/** As many pushes are sent to a service at once, so they may arrive in any order. */
const AT_ONCE = 32

test('a direct notification does not wait for the many pushes of an earlier post', async () => {
  await crowdOf(ann)
  const eve = await t.user('eve')
  await t.api(bob, 'PATCH /notifications/settings', { choices: { follow: { push: true } } })
  await t.subscribe(bob)
  await t.post(ann)
  await t.deliverOnly()
  t.pass(1000)
  await t.api(eve, 'PUT /follows/bob')
  await t.runJobs()
  expect(t.service.titles).toHaveLength(CROWD + 1)
  expect(t.service.titles.indexOf('eve started following you.')).toBeWithin(0, AT_ONCE + 1)
})

test('a direct notification that comes while a post is pushed is sent before most of its other pushes', async () => {
  await crowdOf(ann)
  const eve = await t.user('eve')
  await t.api(bob, 'PATCH /notifications/settings', { choices: { follow: { push: true } } })
  await t.subscribe(bob)
  await t.post(ann)
  await t.deliverOnly()
  t.service.onFirstPush(() => t.api(eve, 'PUT /follows/bob'))
  await t.runJobs()
  expect(t.service.titles).toHaveLength(CROWD + 1)
  expect(t.service.titles.indexOf('eve started following you.')).toBeLessThan(CROWD - AT_ONCE)
})

test('the pushes of two posts take turns, also if one author published several posts before', async () => {
  const eve = await t.user('eve')
  await crowdOf(ann, eve)
  for (const author of [ann, ann, ann, eve]) {
    await t.post(author)
    t.pass(1000)
  }
  await t.deliverOnly()
  await t.runJobs()
  const { titles } = t.service
  expect(titles).toHaveLength(4 * CROWD)
  const since = titles.lastIndexOf(announced(eve))
  expect(titles.slice(0, since + 1).filter((title) => title === announced(ann)).length).toBeLessThan(
    CROWD + 2 * AT_ONCE,
  )
})

test.skipIf(onPostgres)(
  'the pushes that are next are found among many thousands without reading them all',
  async () => {
    await t.subscribe(bob)
    const queries = await t.queriesOf(async () => {
      await t.api(bob, 'POST /push/test', {})
      await t.runJobs()
    })
    using other = t.openDatabase()
    const plans = queries
      .filter((query) => /moments/.test(query) && !/^explain/i.test(query))
      .flatMap((query) => other.query<{ detail: string }, []>(`explain query plan ${query}`).all())
      .map(({ detail }) => detail)
    expect(plans.filter((detail) => /pushes_due/.test(detail)).length).toBeGreaterThan(2)
    expect(plans.filter((detail) => /^SCAN (pushes|waiting)/.test(detail))).toEqual([])
  },
)
