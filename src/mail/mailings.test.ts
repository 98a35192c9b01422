import { expect, test } from 'bun:test'
import { problem } from '../../test/harness'
import { mailApp } from '../../test/mail-app'
import { linkIn } from '../../test/smtp'
import { schedule } from '../jobs/schedule'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 3600_000

/** Schedules the first round, as the server does at start; each round schedules the next. */
async function withRounds(options: Parameters<typeof mailApp>[0] = {}) {
  const t = await mailApp(options)
  await t.app.write((tx) => schedule(tx, 'mail.rounds', t.app.now()))
  await t.runJobs()
  const after = async (ms: number) => {
    t.pass(ms)
    await t.runJobs()
  }
  return Object.assign(t, { after, ann: await t.reachable('ann'), bob: await t.user('bob') })
}

test('a digest lists new posts of followed people once, and is not sent when there are none', async () => {
  await using t = await withRounds()
  await t.api(t.ann, 'PUT /follows/bob')
  await t.post(t.bob, { caption: 'before it was chosen' })
  await t.runJobs()
  t.pass(1)
  expect((await t.api(t.ann, 'PATCH /mail', { digest: 'daily' })).body).toEqual({
    email: t.ann.email,
    emailStatus: 'verified',
    digest: 'daily',
    timeZone: 'UTC',
  })
  await t.after(DAY_MS)
  expect(t.smtp.mails).toEqual([])
  t.pass(1)
  const post = await t.post(t.bob, { caption: 'Fog <over> the "lake"\nand more' })
  await t.api(t.bob, 'PUT /follows/ann')
  await t.after(DAY_MS)
  const [mail] = t.smtp.mails
  expect(mail).toMatchObject({ to: t.ann.email, headers: { subject: 'New at Pinhole' } })
  expect(mail!.text).toContain('1 photo · Fog <over> the "lake" and more')
  expect(mail!.text).toContain(`${t.url}/posts/${post.id}`)
  expect(mail!.text).toContain('bob started following you.')
  expect(mail!.html).toContain('Fog &lt;over&gt; the &quot;lake&quot; and more')
  expect([mail!.text.includes('before it'), /<img|src=|url\(/i.test(mail!.html)]).toEqual([false, false])
  await t.after(DAY_MS)
  expect(t.smtp.mails.length).toBe(1)
  await t.api(t.ann, 'PATCH /mail', { digest: 'off' })
  await t.post(t.bob)
  await t.after(2 * DAY_MS)
  expect(t.smtp.mails.length).toBe(1)
})

test('a digest leaves out posts that were read or deleted, and lists a paid post without its files', async () => {
  await using t = await withRounds()
  await t.api(t.ann, 'PUT /follows/bob')
  await t.api(t.ann, 'PATCH /mail', { digest: 'daily' })
  t.pass(1)
  const read = await t.post(t.bob, { caption: 'was read' })
  await t.runJobs()
  await t.api(t.ann, 'PUT /inbox/read', { upTo: read.publishedAt })
  t.pass(1)
  const [gone] = [await t.post(t.bob, { caption: 'gone' }), await t.post(t.bob, { caption: 'for sale', price: 30 })]
  await t.runJobs()
  await t.api(t.bob, `DELETE /posts/${gone.id}`)
  await t.after(DAY_MS)
  const text = t.smtp.mails[0]!.text
  expect(text).toContain('1 photo · for 30 coins · for sale')
  expect([text.includes('was read'), text.includes('gone'), text.includes('/media/')]).toEqual([false, false, false])
})

test('notifications chosen for mail arrive within minutes as a single mail, followed by a pause', async () => {
  await using t = await withRounds()
  await t.api(t.ann, 'PATCH /notifications/settings', { choices: { follow: { mail: true } } })
  t.pass(1)
  await t.api(t.bob, 'PUT /follows/ann')
  await t.after(MINUTE_MS)
  expect(t.smtp.mails).toEqual([])
  await t.api(await t.user('cat'), 'PUT /follows/ann')
  await t.after(5 * MINUTE_MS)
  expect(t.smtp.mails.map(({ headers, to }) => [to, headers.subject])).toEqual([
    [t.ann.email, 'cat and one other started following you.'],
  ])
  expect(t.smtp.mails[0]!.text).toContain(`${t.url}/users/ann/followers`)
  await t.api(await t.user('dan'), 'PUT /follows/ann')
  await t.after(6 * MINUTE_MS)
  expect(t.smtp.mails.length).toBe(1)
  await t.after(30 * MINUTE_MS)
  expect(t.smtp.mails.length).toBe(2)
  t.pass(1)
  await t.api(await t.user('eve'), 'PUT /follows/ann')
  await t.api(t.ann, 'PUT /notifications/read', { upTo: t.app.now().toISOString() })
  await t.after(60 * MINUTE_MS)
  expect(t.smtp.mails.length).toBe(2) // The notification was read on the page.
  await t.post(t.bob)
  await t.after(60 * MINUTE_MS)
  expect(t.smtp.mails.length).toBe(2) // New posts are not mailed by default.
})

test('unconfirmed, refused, suspended and deleted accounts get neither digests nor notification mails', async () => {
  await using t = await withRounds()
  const wish = { choices: { follow: { mail: true } } }
  await t.api(t.bob, 'PATCH /users/account', { email: 'bob@example.org' })
  await t.runJobs()
  const cat = await t.reachable('cat', { password: 'a long password' })
  for (const who of [t.bob, cat]) {
    await t.api(who, 'PATCH /notifications/settings', wish)
    await t.api(who, 'PATCH /mail', { digest: 'daily' })
    await t.api(t.ann, `PUT /follows/${who.handle}`)
  }
  expect((await t.api(cat, 'DELETE /users/account', { password: 'a long password', immediately: true })).status).toBe(
    204,
  )
  await t.after(DAY_MS)
  expect(t.smtp.mails).toEqual([])
  using other = t.openDatabase()
  expect(other.query(`select count(*) from mailings where user_id = ${cat.id}`).values()).toEqual([[0]])
  expect(other.query(`select count(*) from email_verifications where user_id = ${cat.id}`).values()).toEqual([[0]])
})

test('a mail program unsubscribes with one request and no session; everyone else gets a page', async () => {
  await using t = await withRounds()
  await t.api(t.ann, 'PATCH /notifications/settings', { choices: { follow: { mail: true } } })
  await t.api(t.ann, 'PATCH /mail', { digest: 'daily' })
  t.pass(1)
  await t.api(t.bob, 'PUT /follows/ann')
  await t.after(DAY_MS)
  const of = (word: string) => t.smtp.mails.find(({ headers }) => headers.subject!.includes(word))!
  const [digest, notices] = [of('New at'), of('started following')]
  for (const { headers, text } of [digest, notices]) {
    expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
    expect(headers['list-unsubscribe']).toBe(`<${t.url}${linkIn({ text } as never, '/mail/unsubscriptions')}>`)
  }
  const press = (link: string, headers: Record<string, string> = {}) =>
    t.request(link, { method: 'POST', form: { 'List-Unsubscribe': 'One-Click' }, headers })
  const link = linkIn(digest, '/mail/unsubscriptions')
  const page = await t.request(link)
  expect([page.status, (await page.text()).includes('<form'), (await t.api(t.ann, 'GET /mail')).body.digest]).toEqual([
    200,
    true,
    'daily',
  ])
  expect((await press(link, { origin: 'https://mail.example.com', 'sec-fetch-site': 'cross-site' })).status).toBe(200)
  expect((await t.api(t.ann, 'GET /mail')).body.digest).toBe('off')
  const form = new FormData()
  form.set('List-Unsubscribe', 'One-Click')
  const multipart = await t.request(linkIn(notices, '/mail/unsubscriptions'), { method: 'POST', body: form })
  const { choices } = (await t.api(t.ann, 'GET /notifications/settings')).body
  expect([multipart.status, choices.follow.mail, choices.staff.mail, choices.follow.page]).toEqual([
    200,
    false,
    false,
    true,
  ])
  expect((await press(link)).status).toBe(200) // Unsubscribing again changes nothing.
  expect((await press(`${link}x`)).status).toBe(410)
  expect((await press('/mail/unsubscriptions')).status).toBe(410)
  const session = `/mail/unsubscriptions?token=${t.ann.token}`
  expect(await t.api(null, `POST ${session}`)).toEqual(problem(410, 'gone'))
})

test('a digest that is turned off while it waits in the queue is not sent', async () => {
  let away = true
  await using t = await withRounds({ data: (n) => (away && n > 1 ? [451, 'later'] : undefined) })
  await t.api(t.ann, 'PUT /follows/bob')
  await t.api(t.ann, 'PATCH /mail', { digest: 'daily' })
  t.pass(1)
  await t.post(t.bob)
  await t.after(DAY_MS)
  expect([t.jobs().filter(({ kind }) => kind === 'mail.digest').length, t.smtp.mails.length]).toEqual([1, 1])
  await t.request(linkIn(t.smtp.mails[0], '/mail/unsubscriptions'), { method: 'POST' })
  away = false
  await t.after(60_000)
  expect([t.jobs().filter(({ kind }) => kind === 'mail.digest').length, t.smtp.mails.length]).toEqual([0, 1])
})

test('a digest arrives in the morning of the chosen time zone', async () => {
  await using t = await withRounds()
  expect((await t.api(t.ann, 'PATCH /mail', { digest: 'daily', timeZone: 'Asia/Seoul' })).body.timeZone).toBe(
    'Asia/Seoul',
  )
  await t.api(t.ann, 'PATCH /mail', { digest: 'weekly' })
  using other = t.openDatabase()
  const due = () => new Date(other.query('select digest_at from mailings').values()[0]![0] as number).toISOString()
  expect(due()).toBe('2026-01-04T23:00:00.000Z')
  await t.api(t.ann, 'PATCH /mail', { digest: 'daily' })
  expect(due()).toBe('2026-01-01T23:00:00.000Z')
  expect(await t.api(t.ann, 'PATCH /mail', { digest: 'daily', timeZone: 'Mars/Base' })).toEqual(problem(422, 'invalid'))
})

test('an invalid choice is refused, and signed-out visitors have no choices', async () => {
  await using t = await withRounds()
  expect(await t.api(t.ann, 'PATCH /mail', { digest: 'hourly' })).toEqual(problem(422, 'invalid'))
  expect(await t.api(null, 'GET /mail')).toEqual(problem(401, 'unauthenticated'))
  const form = await t.request('/mail?_method=PATCH', { method: 'POST', browser: t.ann, form: { digest: 'weekly' } })
  expect([form.status, await (await t.request('/mail', { browser: t.ann })).text()]).toEqual([
    303,
    expect.stringContaining('value="weekly" selected'),
  ])
})
