import { expect, test } from 'bun:test'
import { type Json, problem, type Somebody } from '../../test/harness'
import { market } from '../../test/market'

const DAY_MS = 24 * 3600_000

/** The staff, and members who joined on different days. Ann invited Cat, who invited Dan. */
async function town() {
  const m = await market()
  const mod = await m.user('mod', { role: 'moderator' })
  const peer = await m.user('peer', { role: 'moderator' })
  const join = async (by: Somebody, handle: string) => {
    m.pass(DAY_MS)
    const { token } = (await m.api(by, 'POST /invites', { uses: 5 })).body
    const made = await m.api(null, 'POST /users', { handle, password: 'a long password', invite: token })
    expect(made.status).toBe(201)
    const session = await m.api(null, 'POST /sessions', { handle, password: 'a long password' })
    return { ...made.body, token: session.body.token } as Somebody
  }
  const cat = await join(m.ann, 'cat')
  const dan = await join(cat, 'dan')
  const list = async (query = '', as: Somebody = mod) =>
    (await m.api(as, `GET /admin/users${query}`)).body.items.map(({ handle }: Json) => handle)
  return { ...m, mod, peer, cat, dan, list }
}

test('the list of people is filtered and sorted', async () => {
  using t = await town()
  t.pass(25 * DAY_MS)
  await t.api(null, 'POST /sessions', { handle: 'cat', password: 'a long password' })
  expect((await t.list()).slice(0, 2)).toEqual(['dan', 'cat'])
  expect(await t.list('?q=CA')).toEqual(['cat'])
  expect((await t.list('?role=moderator')).sort()).toEqual(['mod', 'peer'])
  expect(await t.list('?seen=7')).toContain('cat')
  expect(await t.list('?seen=7')).not.toContain('dan')
  expect(await t.list('?seen=-20')).toContain('dan')
  expect(await t.list('?seen=-20')).not.toContain('cat')
  expect(await t.list('?joined=7')).toEqual([])
  expect(await t.list('?joined=26')).toEqual(['dan', 'cat'])
  expect(await t.list('?sort=seen&limit=1')).toEqual(['cat'])
  expect((await t.list('?sort=oldest'))[0]).toBe('boss')
  await t.photo(t.bob)
  expect((await t.list('?sort=storage'))[0]).toBe('bob')
  expect(await t.list('?storage=1')).toEqual([])
  await t.api(t.mod, 'PUT /admin/users/eve/suspension', { reason: 'Spam.' })
  expect(await t.list('?state=suspended')).toEqual(['eve'])
  expect(await t.list('?state=active')).not.toContain('eve')
  expect((await t.list('?state=&role=&seen=&q=')).length).toBe(8) // as an empty form sends it
  for (const bad of ['?state=gone', '?seen=soon', '?sort=luck', '?storage=-1'])
    expect(await t.api(t.mod, `GET /admin/users${bad}`)).toEqual(problem(422, 'invalid'))
})

test('each order of the list is complete when read page by page', async () => {
  using t = await town()
  for (const sort of ['newest', 'oldest', 'seen', 'unseen', 'storage']) {
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { items, nextCursor } = (await t.api(t.mod, `GET /admin/users?sort=${sort}&limit=3${cursor}`)).body
      seen.push(...items.map(({ handle }: Json) => handle))
      if (!nextCursor) break
      cursor = `&cursor=${nextCursor}`
    }
    expect([sort, [...new Set(seen)].length, seen.length]).toEqual([sort, 8, 8])
  }
})

test('the page keeps the filters, and shows boxes only for people whom the viewer may suspend', async () => {
  using t = await town()
  const page = async (as: Somebody) => (await t.request('/admin/users?role=moderator&limit=1', { browser: as })).text()
  const html = await page(t.mod)
  expect(html).toContain('<option value="moderator" selected')
  expect(html).toContain('role=moderator&amp;limit=1&amp;cursor=')
  expect(html).not.toContain('name="handles"')
  expect(await page(t.boss)).toContain('value="peer"')
})

test('several people are suspended at once with one reason, and that is undone at once', async () => {
  using t = await town()
  const suspend = (as: Somebody, handles: string[]) =>
    t.api(as, 'POST /admin/users/suspensions', { handles, reason: 'Spam.' })
  const done = await suspend(t.mod, ['cat', '@DAN', 'cat', 'boss', 'mod', 'nobody'])
  expect(done).toMatchObject({ status: 200, body: { changed: ['cat', 'dan'] } })
  expect(done.body.left.map(({ handle, code }: Json) => [handle, code])).toEqual([
    ['boss', 'forbidden'],
    ['mod', 'own_account'],
    ['nobody', 'not_found'],
  ])
  expect(await t.api(t.cat, 'GET /posts')).toEqual(problem(401, 'unauthenticated'))
  const actions = (await t.api(t.boss, 'GET /admin/actions?kind=account_suspended')).body.items
  expect(actions.map(({ on, by, reason }: Json) => [on, by, reason])).toEqual([
    ['dan', 'mod', 'Spam.'],
    ['cat', 'mod', 'Spam.'],
  ])
  const lift = (as: Somebody | null) => t.api(as, 'POST /admin/users/suspensions/lifts', { handles: ['cat', 'dan'] })
  expect(await lift(t.ann)).toEqual(problem(403, 'forbidden'))
  expect(await lift(t.mod)).toMatchObject({ status: 200, body: { changed: ['cat', 'dan'], left: [] } })
  expect(await t.list('?state=suspended')).toEqual([])
  expect(await suspend(t.mod, [])).toEqual(problem(422, 'invalid'))
  expect(await suspend(t.ann, ['cat'])).toEqual(problem(403, 'forbidden'))
  const form: [string, string][] = [
    ['handles', 'cat'],
    ['handles', 'dan'],
    ['reason', 'Spam.'],
  ]
  const page = await t.request('/admin/users/suspensions', { method: 'POST', browser: t.mod, form })
  expect([page.status, (await page.text()).includes('/admin/users/suspensions/lifts')]).toEqual([200, true])
  expect((await t.list('?state=suspended')).sort()).toEqual(['cat', 'dan'])
})

test('the staff see who invited whom, and suspend a whole branch', async () => {
  using t = await town()
  const of = async (handle: string) => (await t.api(t.mod, `GET /admin/users/${handle}/invited`)).body
  expect(await of('ann')).toMatchObject({
    items: [{ handle: 'cat', invited: 1, invitedBy: 'ann' }],
    line: [],
    below: 2,
  })
  expect(await of('dan')).toMatchObject({ items: [], line: ['ann', 'cat'], below: 0 })
  expect(await t.api(t.ann, 'GET /admin/users/ann/invited')).toEqual(problem(403, 'forbidden'))
  const page = await (await t.request('/admin/users/cat/invited', { browser: t.mod })).text()
  for (const text of ['/admin/users/ann/invited', '/users/dan']) expect(page).toContain(text)
  const end = await t.api(t.mod, 'POST /admin/users/cat/invited/suspensions', { reason: 'A ring of spam.' })
  expect(end.body).toEqual({ changed: ['cat', 'dan'], left: [] })
  expect(await t.list('?state=suspended')).toEqual(['dan', 'cat'])
})

test('where anyone may join, an invitation still tells who invited whom, and a wrong one is no obstacle', async () => {
  using t = await town()
  await t.api(t.boss, 'PATCH /admin/settings', { registration: 'open' })
  const { token } = (await t.api(t.bob, 'POST /invites', {})).body
  for (const [handle, invite] of [
    ['fay', token],
    ['gus', token],
    ['hal', 'nonsense'],
  ])
    expect((await t.api(null, 'POST /users', { handle, password: 'a long password', invite })).status).toBe(201)
  const invited = (await t.api(t.mod, 'GET /admin/users/bob/invited')).body.items
  expect(invited.map(({ handle }: Json) => handle)).toEqual(['fay'])
})

test('the staff see all open invitations, and moderators revoke only those of members', async () => {
  using t = await town()
  const make = async (as: Somebody) => (await t.api(as, 'POST /invites', {})).body.id as number
  const [hers, bosses] = [await make(t.ann), await make(t.boss)]
  const open = async () => (await t.api(t.mod, 'GET /admin/invites')).body.items
  expect((await open()).slice(0, 2)).toMatchObject([
    { id: bosses, createdBy: 'boss' },
    { id: hers, createdBy: 'ann' },
  ])
  expect((await open())[0]).not.toHaveProperty('token')
  expect(await t.api(t.mod, `DELETE /admin/invites/${bosses}`)).toEqual(problem(403, 'forbidden'))
  expect((await t.api(t.mod, `DELETE /admin/invites/${hers}`)).status).toBe(204)
  expect((await t.api(t.boss, `DELETE /admin/invites/${bosses}`)).status).toBe(204)
  expect(await t.api(t.boss, 'DELETE /admin/invites/4711')).toEqual(problem(404, 'not_found'))
  const left = (await open()).map(({ id }: Json) => id)
  for (const id of [hers, bosses]) expect(left).not.toContain(id)
  expect(await t.api(t.ann, 'GET /admin/invites')).toEqual(problem(403, 'forbidden'))
})

test('what the staff can do about a person is folded on the profile, and a suspension is in sight', async () => {
  using t = await town()
  const page = async (browser: Somebody) => (await t.request('/users/dan', { browser })).text()
  const folded = (html: string) =>
    /<details class="staff-actions">.*?<\/details><\/div><\/details>/s.exec(html)?.[0] ?? ''
  const [boss, mod] = [folded(await page(t.boss)), folded(await page(t.mod))]
  const actions = ['/admin/users/dan/suspension?_method=PUT', '/admin/users/dan?_method=DELETE']
  expect(actions.map((action) => [boss, mod].map((html) => html.includes(action)))).toEqual([
    [true, true],
    [true, false],
  ])
  const open = (await page(t.boss)).replace(boss, '')
  expect(actions.some((action) => open.includes(action))).toBe(false)
  expect(await page(t.cat)).not.toContain('staff-actions')
  await t.api(t.mod, 'PUT /admin/users/dan/suspension', { reason: 'Spam.' })
  const suspended = await page(t.mod)
  expect(suspended.replace(folded(suspended), '')).toMatch(/Spam\..*suspension\?_method=DELETE/s)
  expect(folded(suspended)).not.toContain('/suspension')
})
