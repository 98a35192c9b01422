import { expect, test } from 'bun:test'
import { problem, type Somebody, testApp } from '../../../test/harness'

/** Ann has confirmed her age and shares a post for adults. Boss is an administrator; Bob and Eve are members. */
async function community(settings: object = {}, env: Record<string, string> = {}) {
  const t = await testApp(env)
  const [boss, ann] = [await t.user('boss', { role: 'admin' }), await t.user('ann')]
  const [bob, eve] = [await t.user('bob'), await t.user('eve')]
  await t.api(boss, 'PATCH /admin/settings', settings)
  const confirm = (who: Somebody, birthDate: string) => t.api(who, 'PUT /users/account/age', { birthDate })
  await t.api(boss, 'PATCH /admin/users/ann', { adult: true })
  const late = await t.post(ann, { caption: 'Late show #night', adultsOnly: true })
  await t.runJobs()
  const html = async (path: string, browser?: Somebody) => {
    const answer = await t.request(path, browser ? { browser } : {})
    return { status: answer.status, text: await answer.text() }
  }
  return { ...t, boss, ann, bob, eve, late, confirm, html }
}

test('a post for adults is shown only to members who have confirmed their age', async () => {
  using t = await community({}, { PINHOLE_ACCESS: 'public' })
  const { late, ann, bob, eve } = t
  expect(late).toMatchObject({ adultsOnly: true, sensitive: false })
  await t.api(bob, 'PUT /follows/ann')
  expect((await t.confirm(eve, '1990-05-05')).body).toMatchObject({ confirmedAt: expect.any(String), adultFrom: null })
  const lists = ['/posts', '/users/ann/posts', '/tags/night', '/explore']
  for (const who of [null, bob]) {
    expect(await t.api(who, `GET /posts/${late.id}`)).toEqual(problem(403, 'adults_only'))
    for (const list of lists) expect([list, (await t.api(who, `GET ${list}`)).body.items ?? []]).toEqual([list, []])
    const page = await t.html(`/posts/${late.id}`, who ?? undefined)
    expect([page.status, page.text.includes('This post is only for adults.')]).toEqual([403, true])
    for (const secret of ['Late show', '/media/', 'data:image', 'og:image'])
      expect([secret, page.text.includes(secret)]).toEqual([secret, false])
    const profile = await t.html('/users/ann', who ?? undefined)
    expect([profile.text.includes('1 post is only for adults.'), profile.text.includes('Late show')]).toEqual([
      true,
      false,
    ])
  }
  for (const call of [`PUT /posts/${late.id}/like`, `PUT /posts/${late.id}/bookmark`])
    expect(await t.api(bob, call)).toEqual(problem(404, 'not_found'))
  expect(await t.api(bob, `POST /posts/${late.id}/comments`, { text: 'Hi' })).toEqual(problem(404, 'not_found'))
  expect((await t.api(bob, 'GET /inbox')).body).toMatchObject({ items: [], unread: 0 })
  expect((await t.api(bob, 'GET /search?q=late&in=posts')).body.posts.items).toEqual([])
  for (const who of [ann, eve]) {
    expect((await t.api(who, `GET /posts/${late.id}`)).body).toMatchObject({ caption: 'Late show #night' })
    expect((await t.html(`/posts/${late.id}`, who)).text).toContain('18+')
    expect((await t.html('/users/ann', who)).text).not.toContain('only for adults.')
  }
  expect((await t.api(eve, 'GET /posts')).body.items).toMatchObject([{ id: late.id }])
})

test('the links of those who see a post end when it becomes one for adults, and when they take back their age', async () => {
  using t = await community()
  const open = await t.post(t.ann, { caption: 'Open' })
  const linkOf = async (who: Somebody, id: number) =>
    (await t.api(who, `GET /posts/${id}`)).body.files[0].renditions.full.url as string
  const statusOf = async (who: Somebody, url: string) => (await t.request(url, { as: who })).status
  const before = await linkOf(t.bob, open.id)
  expect(await statusOf(t.bob, before)).toBe(200)
  expect((await t.api(t.ann, `PATCH /posts/${open.id}`, { adultsOnly: true })).status).toBe(200)
  expect(await statusOf(t.bob, before)).toBe(410)
  await t.confirm(t.bob, '1980-01-01')
  const confirmed = await linkOf(t.bob, open.id)
  expect(await statusOf(t.bob, confirmed)).toBe(200)
  expect((await t.api(t.bob, 'DELETE /users/account/age')).status).toBe(204)
  expect([await statusOf(t.bob, confirmed), (await t.api(t.bob, `GET /posts/${open.id}`)).status]).toEqual([410, 403])
})

test('whoever says that they are too young cannot enter another birthday until they are old enough', async () => {
  using t = await community() // it is the 1st of January 2026
  expect(await t.confirm(t.bob, '2008-01-02')).toEqual(problem(403, 'too_young'))
  expect(await t.confirm(t.bob, '1970-01-01')).toEqual(problem(403, 'too_young'))
  expect((await t.api(t.bob, 'GET /users/account/age')).body.adultFrom).toBe('2026-01-02T00:00:00.000Z')
  expect((await t.html('/users/account/age', t.bob)).text).not.toContain('name="birthDate"')
  t.pass(24 * 3600_000)
  expect((await t.confirm(t.bob, '2008-01-02')).status).toBe(200)
  for (const wrong of ['1799-01-01', '2030-01-01', '1990-02-30', 'x', '']) {
    const { status, body } = await t.confirm(t.eve, wrong)
    expect([wrong, status, body.errors[0].path]).toEqual([wrong, 422, 'birthDate'])
  }
  expect((await t.api(null, 'PUT /users/account/age', { birthDate: '1990-01-01' })).status).toBe(401)
})

test('of birthdays that somebody sends at the same moment, the first one counts for all', async () => {
  using t = await community({ adultAge: 18 })
  const birthdays = ['2015-05-05', '1990-05-05', '1990-05-05']
  const answers = await Promise.all(birthdays.map((birthday) => t.confirm(t.bob, birthday)))
  expect(new Set(answers.map(({ status }) => status)).size).toBe(1)
})

test('where the year of birth counts, everybody who turns 19 in this year is an adult from its first day', async () => {
  using t = await community({ adultAge: 19, adultBy: 'year', timeZone: 'Asia/Seoul' })
  expect(await t.confirm(t.bob, '2008-01-01')).toEqual(problem(403, 'too_young'))
  expect((await t.api(t.bob, 'GET /users/account/age')).body.adultFrom).toBe('2026-12-31T15:00:00.000Z')
  expect((await t.confirm(t.eve, '2007-12-31')).status).toBe(200)
  const headers = { 'accept-language': 'ko' }
  const page = await (await t.request('/users/account/age', { browser: t.bob, headers })).text()
  expect(page).toContain('만 나이와 관계없이 19세가 되는 해의 1월 1일부터 볼 수 있어요. 올해는 2007년생까지예요.')
})

test('without a choice of the host, the time zone of the community tells whether the age is that of the Korean law', async () => {
  using t = await community()
  const ruleOf = async () => {
    const { adultAge, adultBy } = (await t.api(t.boss, 'GET /admin/settings')).body
    return [adultAge, adultBy]
  }
  const save = (form: Record<string, string>) =>
    t.request('/admin/settings?_method=PATCH', { method: 'POST', browser: t.boss, form })
  const fieldsIn = (html: string) => [
    /name="adultAge" type="number" value="(\d*)"[^>]*placeholder="(\d+)"/.exec(html)?.slice(1, 3),
    /name="adultBy".*?<option value="(\w*)" selected/s.exec(html)?.[1],
  ]
  expect(await ruleOf()).toEqual([18, 'birthday'])
  expect((await t.confirm(t.bob, '2007-12-31')).status).toBe(200)
  expect(fieldsIn((await t.html('/admin/settings', t.boss)).text)).toEqual([['', '18'], ''])

  await save({ timeZone: 'Asia/Seoul', adultAge: '', adultBy: '' }) // the fields of the age as the page has them
  expect(await ruleOf()).toEqual([19, 'year'])
  expect((await t.api(t.bob, `GET /posts/${t.late.id}`)).status).toBe(403) // everybody confirms again
  expect((await t.html('/users/ann', t.bob)).text).toContain('in which they turn 19')
  expect(await t.confirm(t.eve, '2008-01-01')).toEqual(problem(403, 'too_young'))
  expect((await t.confirm(t.bob, '2007-12-31')).status).toBe(200)
  expect((await t.html(`/posts/${t.late.id}`, t.bob)).text).toContain('19+')

  await save({ adultAge: '20', adultBy: 'birthday' })
  expect(await ruleOf()).toEqual([20, 'birthday'])
  expect(fieldsIn((await t.html('/admin/settings', t.boss)).text)).toEqual([['20', '19'], 'birthday'])
  await t.api(t.boss, 'PATCH /admin/settings', { adultAge: null, adultBy: null })
  expect(await ruleOf()).toEqual([19, 'year'])
})

test('a time zone that is fixed when the server starts tells the age, too', async () => {
  using t = await community({}, { PINHOLE_TIME_ZONE: 'Asia/Seoul' })
  expect((await t.api(t.bob, 'GET /users/account/age')).body).toMatchObject({ adultAge: 19, adultBy: 'year' })
})

test('the staff confirm ages where the host wants a proof, and every change of the rule asks all of them again', async () => {
  using t = await community({ ageProof: 'staff' })
  expect(await t.confirm(t.bob, '1990-01-01')).toEqual(problem(409, 'staff_confirm'))
  expect((await t.api(t.eve, 'PATCH /admin/users/bob', { adult: true })).status).toBe(403)
  const sent = await t.request('/admin/users/bob?_method=PATCH', {
    method: 'POST',
    browser: t.boss,
    form: { adult: 'on' },
  })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/users/bob'])
  expect((await t.html('/users/bob', t.boss)).text).toContain('Take back that their age is confirmed')
  expect((await t.api(t.bob, `GET /posts/${t.late.id}`)).status).toBe(200)
  expect((await t.api(t.boss, 'GET /admin/actions')).body.items[0]).toMatchObject({ kind: 'age_confirmed', on: 'bob' })
  expect((await t.api(t.boss, 'PATCH /admin/users/bob', { adult: false })).body).toMatchObject({ adult: false })
  expect((await t.api(t.bob, `GET /posts/${t.late.id}`)).status).toBe(403)
  await t.api(t.boss, 'PATCH /admin/users/bob', { adult: true })
  const { url } = (await t.api(t.bob, `GET /posts/${t.late.id}`)).body.files[0].renditions.full
  await t.api(t.boss, 'PATCH /admin/settings', { adultAge: 20 })
  expect([
    (await t.request(url, { as: t.bob })).status,
    (await t.api(t.bob, `GET /posts/${t.late.id}`)).status,
  ]).toEqual([410, 403])
})

test('only people who have confirmed their own age share posts for adults', async () => {
  using t = await community()
  const draft = { caption: 'Mine', adultsOnly: true, fileIds: [await t.photo(t.bob)] }
  const refused = await t.api(t.bob, 'POST /posts', draft)
  expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'adultsOnly'])
  const open = await t.post(t.bob, { caption: 'Open' })
  expect((await t.api(t.bob, `PATCH /posts/${open.id}`, { adultsOnly: true })).status).toBe(422)
  expect((await t.html('/posts/new', t.bob)).text).toMatch(/name="adultsOnly" value="on" disabled/)
  await t.confirm(t.bob, '1990-01-01')
  expect((await t.api(t.bob, 'POST /posts', draft)).status).toBe(201)
  const saved = { caption: 'Later', adultsOnly: true, fileIds: [] }
  expect((await t.api(t.bob, 'PUT /posts/draft', saved)).body).toMatchObject({ adultsOnly: true })
})

test('staff who look for a post for adults see it, and buyers and guests do not until they may', async () => {
  using t = await community()
  expect((await t.api(t.boss, `GET /posts/${t.late.id}`)).status).toBe(200)
  expect((await t.api(t.boss, 'GET /posts')).body.items).toEqual([])
  expect(await t.api(t.ann, 'POST /looks', { postId: t.late.id })).toEqual(problem(409, 'adults_only'))
  const paid = await t.post(t.ann, { price: 5, caption: 'Paid' })
  await t.api(t.boss, 'POST /admin/users/bob/grants', { coins: 20 })
  expect((await t.api(t.bob, `PUT /library/${paid.id}`, { price: 5 })).status).toBe(201)
  const look = (await t.api(t.ann, 'POST /looks', { postId: paid.id })).body
  await t.api(t.ann, `PATCH /posts/${paid.id}`, { adultsOnly: true })
  expect(await t.api(t.bob, `GET /posts/${paid.id}`)).toEqual(problem(403, 'adults_only'))
  expect((await t.api(t.bob, 'GET /library')).body.items).toEqual([])
  expect((await t.api(t.bob, 'GET /coins/refunds/mine')).body.purchases).toMatchObject([{ caption: '' }])
  expect((await t.api(null, `GET ${new URL(look.url).pathname}`)).status).toBe(410)
  await t.confirm(t.bob, '1990-01-01')
  expect((await t.api(t.bob, 'GET /library')).body.items).toMatchObject([{ id: paid.id, locked: false }])
})
