import { expect, test } from 'bun:test'
import { problem, testApp } from '../../../test/harness'
import { choicesOf, DEFAULTS, wants } from '../choices'
import { quietHoursOf } from './model'

async function withTwo() {
  const t = await testApp()
  return { ...t, ann: await t.user('ann'), bob: await t.user('bob') }
}
const HERE = '/notifications/settings'

test('by default everything is on the page, personal events are pushed, money and staff are mailed too', async () => {
  using t = await withTwo()
  const { status, body } = await t.api(t.ann, `GET ${HERE}`)
  expect([status, body.quietHours]).toEqual([200, { on: false, from: '23:00', until: '07:00', timeZone: 'UTC' }])
  expect(body.choices).toEqual(DEFAULTS)
  expect(Object.values(DEFAULTS).every(({ page }) => page)).toBe(true)
  expect(await t.api(null, `GET ${HERE}`)).toEqual(problem(401, 'unauthenticated'))
})

test('a kind that is turned off leaves the list, including new posts, and other people still get it', async () => {
  using t = await withTwo()
  const cat = await t.user('cat')
  for (const fan of [t.bob, cat]) await t.api(fan, 'PUT /follows/ann')
  const off = { choices: { post: { page: false }, follow: { page: false } } }
  expect((await t.api(t.bob, `PATCH ${HERE}`, off)).status).toBe(200)
  await t.post(t.ann)
  await t.runJobs()
  await t.api(t.ann, 'PUT /follows/bob')
  const told = async (who: typeof t.ann) => (await t.api(who, 'GET /notifications')).body.items.length
  expect([await told(t.bob), await told(cat)]).toEqual([0, 1])
  expect((await t.api(t.bob, 'GET /inbox')).body.unread).toBe(1)
  expect([await wants(t.app.db, t.bob.id, 'post', 'push'), await wants(t.app.db, t.bob.id, 'follow', 'push')]).toEqual([
    true,
    false,
  ])
})

test('PATCH keeps the rest, PUT starts from the defaults, and default values are not stored', async () => {
  using t = await withTwo()
  await t.api(t.ann, `PATCH ${HERE}`, { choices: { like: { push: true } } })
  const night = { on: true, from: '22:30', until: '06:00', timeZone: 'Asia/Seoul' }
  const changed = (await t.api(t.ann, `PATCH ${HERE}`, { quietHours: night })).body
  expect([changed.choices.like, changed.quietHours]).toEqual([{ page: true, push: true, mail: false }, night])
  expect(await quietHoursOf(t.app.db, t.ann.id)).toMatchObject({
    fromMinute: 1350,
    untilMinute: 360,
    timeZone: 'Asia/Seoul',
  })
  expect(await quietHoursOf(t.app.db, t.bob.id)).toBeUndefined()
  await t.api(t.ann, `PATCH ${HERE}`, { quietHours: { on: false } })
  expect(await quietHoursOf(t.app.db, t.ann.id)).toBeUndefined()
  const anew = (await t.api(t.ann, `PUT ${HERE}`, { choices: { tip: { mail: true } } })).body
  expect([anew.choices.like, anew.choices.tip]).toEqual([DEFAULTS.like, { page: true, push: true, mail: true }])
  expect(await choicesOf(t.app.db, t.bob.id)).toEqual(DEFAULTS)
})

test('invalid settings are refused and change nothing', async () => {
  using t = await withTwo()
  const bad = [
    [{ choices: { like: { push: 'yes' } } }, 'choices.like.push'],
    [{ quietHours: { on: true, from: '24:00' } }, 'quietHours.from'],
    [{ quietHours: { on: true, from: '07:00' } }, 'quietHours.until'],
    [{ quietHours: { on: true, timeZone: 'Mars/Base' } }, 'quietHours.timeZone'],
  ] as const
  for (const [patch, path] of bad) {
    const answer = await t.api(t.ann, `PATCH ${HERE}`, patch)
    expect(answer).toEqual(problem(422, 'invalid', { errors: [expect.objectContaining({ path })] }))
  }
  expect((await t.api(t.ann, `GET ${HERE}`)).body).toEqual((await t.api(t.bob, `GET ${HERE}`)).body)
})

test('the form works without JavaScript, and an unticked box turns a channel off', async () => {
  using t = await withTwo()
  const page = await (await t.request(HERE, { browser: t.ann })).text()
  expect(page).toContain('name="choices.like.push" value="on"')
  expect(page).not.toContain('choices.report.page') // She is not on the staff.
  const form: [string, string][] = [
    ['choices.like.page', 'off'],
    ['choices.comment.mail', 'off'],
    ['choices.comment.mail', 'on'],
    ['quietHours.on', 'off'],
    ['quietHours.on', 'on'],
    ['quietHours.from', '21:00'],
    ['quietHours.until', '08:00'],
    ['quietHours.timeZone', 'Europe/Berlin'],
  ]
  const sent = await t.request(`${HERE}?_method=PATCH`, { method: 'POST', browser: t.ann, form })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, HERE])
  const { choices, quietHours } = (await t.api(t.ann, `GET ${HERE}`)).body
  expect([choices.like.page, choices.comment.mail, choices.comment.push]).toEqual([false, true, true])
  expect(quietHours).toEqual({ on: true, from: '21:00', until: '08:00', timeZone: 'Europe/Berlin' })
})
