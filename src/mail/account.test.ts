import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'
import { mailApp, PASSWORD } from '../../test/mail-app'
import { linkIn } from '../../test/smtp'

const HOUR_MS = 3600_000
const email = 'ann@example.org'

test('an address stays unverified until its owner opens the mailed link and enters the password', async () => {
  await using t = await mailApp()
  const ann = await t.user('ann', { password: PASSWORD })
  expect((await t.api(ann, 'PATCH /users/account', { email })).body).toMatchObject({ email, emailStatus: 'unverified' })
  expect(JSON.stringify(t.jobs())).not.toContain('token')
  await t.runJobs()
  const mail = t.smtp.to(email)
  const link = linkIn(mail, '/users/verifications/new')
  expect(mail!.html).toContain(link)
  const page = await t.request(link) // Mail scanners open links too, so opening one changes nothing.
  expect([page.status, (await page.text()).includes(email), (await t.account(ann)).emailStatus]).toEqual([
    200,
    true,
    'unverified',
  ])
  const token = new URLSearchParams(link.split('?')[1]).get('token')!
  // Neither an open session nor access to the mail is enough.
  expect(await t.api(ann, 'POST /users/verifications', { token, password: 'a wrong password' })).toEqual(
    problem(403, 'wrong_password'),
  )
  expect((await t.account(ann)).emailStatus).toBe('unverified')
  const pressed = await t.request('/users/verifications', { method: 'POST', form: { token, password: PASSWORD } })
  expect([pressed.status, pressed.headers.get('location'), (await t.account(ann)).emailStatus]).toEqual([
    303,
    '/users/verifications/done',
    'verified',
  ])
  expect([(await t.confirm(email)).status, (await t.request(link)).status]).toEqual([410, 410])
  for (const purpose of ['reset', 'invite'] as const) {
    const other = await t.app.links.sign(purpose, 1, new Date(+t.app.now() + HOUR_MS))
    expect(await t.api(null, 'POST /users/verifications', { token: other, password: PASSWORD })).toEqual(
      problem(410, 'gone'),
    )
  }
})

test('a changed address invalidates earlier links, and the old one is notified if it was confirmed', async () => {
  await using t = await mailApp()
  const ann = await t.reachable('ann')
  await t.api(ann, 'PATCH /users/account', { email: 'two@example.org' })
  await t.runJobs()
  const stale = t.smtp.to('two@example.org')
  expect(t.smtp.mails.map(({ to }) => to).sort()).toEqual([email, 'two@example.org'])
  expect(t.smtp.to(email)!.headers.subject).toBe('Your email address was changed')
  expect(t.smtp.to(email)!.text).not.toContain('two@')
  await t.api(ann, 'PATCH /users/account', { email: 'three@example.org' })
  await t.runJobs()
  expect(t.smtp.mails.length).toBe(3) // The second address was never confirmed, so nothing is sent to it.
  expect((await t.request(linkIn(stale, '/users/verifications/new'))).status).toBe(410)
  await t.api(ann, 'PATCH /users/account', { bio: 'the same address' })
  await t.api(ann, 'PATCH /users/account', { email: null })
  await t.runJobs()
  expect([t.smtp.mails.length, (await t.account(ann)).emailStatus]).toEqual([3, null])
})

test('the link is sent again on request, within a rate limit, in the language of the browser', async () => {
  await using t = await mailApp()
  const ann = await t.user('ann', { password: PASSWORD })
  expect(await t.api(ann, 'POST /users/account/verifications')).toEqual(problem(409, 'no_email'))
  await t.api(ann, 'PATCH /users/account', { email }, { 'accept-language': 'ko' })
  const asked = await Promise.all(Array.from({ length: 12 }, () => t.api(ann, 'POST /users/account/verifications')))
  expect(asked.filter(({ status }) => status === 204).length).toBeLessThan(10)
  expect(asked).toContainEqual(problem(429, 'rate_limited'))
  await t.runJobs()
  const mail = t.smtp.to(email)!
  expect([mail.headers.subject, mail.html.includes('lang="ko"')]).toEqual(['이메일 주소를 인증해 주세요', true])
  await t.confirm(email)
  expect(await t.api(ann, 'POST /users/account/verifications')).toEqual(problem(409, 'already_verified'))
})

test('an address entered at sign-up is confirmed in the same way', async () => {
  await using t = await mailApp({ env: { PINHOLE_REGISTRATION: 'open' } })
  expect((await t.api(null, 'POST /users', { handle: 'ann', password: 'a long password', email })).status).toBe(201)
  await t.runJobs()
  expect((await t.confirm(email)).status).toBe(204)
})

test('a mailed reset link works once within an hour, ends every session and is reported by mail', async () => {
  await using t = await mailApp()
  const ann = await t.reachable('ann')
  for (const account of ['ann', '@ANN', 'Ann@Example.org'])
    expect((await t.api(null, 'POST /users/resets/requests', { account })).status).toBe(204)
  await t.runJobs()
  expect(t.smtp.mails.map(({ to }) => to)).toEqual([email, email, email])
  await t.api(null, 'POST /users/resets/requests', { account: 'ann' })
  await t.runJobs()
  expect(t.smtp.mails.length).toBe(3) // At most three links are open at a time.
  const link = linkIn(t.smtp.to(email), '/users/resets/new')
  expect((await t.request(link)).status).toBe(200)
  const token = new URLSearchParams(link.split('?')[1]).get('token')
  expect((await t.api(null, 'POST /users/resets', { token, password: 'another password' })).status).toBe(204)
  expect((await t.api(ann, 'GET /users/account')).status).toBe(401)
  const known = { 'user-agent': 'test' } // the device of Ann's session
  expect((await t.api(null, 'POST /sessions', { handle: 'ann', password: 'another password' }, known)).status).toBe(201)
  await t.runJobs()
  expect(t.smtp.to(email)!.headers.subject).toBe('Your password was changed')
  await t.api(null, 'POST /users/resets/requests', { account: 'ann' })
  await t.runJobs()
  t.pass(HOUR_MS)
  expect((await t.request(linkIn(t.smtp.to(email), '/users/resets/new'))).status).toBe(410)
})

test('a reset request reveals no accounts or confirmed addresses, and ignores a forged host', async () => {
  await using t = await mailApp()
  await t.reachable('ann')
  const bob = await t.user('bob', { password: PASSWORD })
  await t.api(bob, 'PATCH /users/account', { email: 'bob@example.org' })
  await t.runJobs()
  t.smtp.mails.length = 0
  const ask = (account: string) =>
    t.request('/users/resets/requests', { method: 'POST', form: { account }, headers: { host: 'evil.example' } })
  const answers = await Promise.all(['ann', 'bob', 'bob@example.org', 'nobody', `x' or 1=1`, 'a@b.org'].map(ask))
  const seen = answers.map(({ status, headers }) => `${status} ${headers.get('location')}`)
  expect(new Set(seen)).toEqual(new Set(['303 /users/resets/requests/sent']))
  await t.runJobs()
  expect(t.smtp.mails.map(({ to }) => to)).toEqual([email])
  expect(t.smtp.to(email)!.raw).not.toContain('evil')
  expect(linkIn(t.smtp.to(email), '/users/resets/new')).toStartWith('/users')
  const many = await Promise.all(
    Array.from({ length: 10 }, () => t.api(null, 'POST /users/resets/requests', { account: 'ann' })),
  )
  expect(many.find(({ status }) => status !== 204)).toEqual(problem(429, 'rate_limited'))
})

test('two accounts that share an address each get their own link', async () => {
  await using t = await mailApp()
  const [ann, bob] = [await t.reachable('ann'), await t.user('bob', { password: PASSWORD })]
  await t.api(bob, 'PATCH /users/account', { email: ann.email })
  await t.runJobs()
  await t.confirm(ann.email)
  t.smtp.mails.length = 0
  await t.api(null, 'POST /users/resets/requests', { account: ann.email })
  await t.runJobs()
  expect(t.smtp.mails.map(({ text }) => /@(ann|bob) at/.exec(text)?.[1]).sort()).toEqual(['ann', 'bob'])
})

test('without a mail server every mail feature is absent', async () => {
  using t = await testApp()
  const ann = await t.user('ann', { password: PASSWORD })
  await t.api(ann, 'PATCH /users/account', { email })
  await t.runJobs()
  for (const call of ['POST /users/account/verifications', 'POST /users/resets/requests', 'GET /mail', 'PATCH /mail'])
    expect(await t.api(ann, call, call.startsWith('GET') ? undefined : { account: 'ann', digest: 'daily' })).toEqual(
      problem(404, 'not_found'),
    )
  expect((await t.request('/users/resets/requests/new')).status).toBe(404)
  expect(await (await t.request('/sessions/new')).text()).not.toContain('Forgot')
  using other = t.openDatabase()
  expect(other.query("select count(*) from jobs where kind like 'mail.%'").values()).toEqual([[0]])
})
