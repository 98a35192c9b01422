import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'
import { PASSWORD, withPost } from '../../test/post'
import { linkIn } from '../../test/smtp'

const HOUR_MS = 3600_000
const email = 'ann@example.org'

test('an address is unverified until its owner follows the mail and says the password', async () => {
  await using t = await withPost()
  const ann = await t.user('ann', { password: PASSWORD })
  expect((await t.api(ann, 'PATCH /users/account', { email })).body).toMatchObject({ email, emailStatus: 'unverified' })
  expect(JSON.stringify(t.jobs())).not.toContain('token')
  await t.runJobs()
  const mail = t.smtp.to(email)
  const link = linkIn(mail, '/users/verifications/new')
  expect(mail!.html).toContain(link)
  const page = await t.request(link) // as a scanner does; it changes nothing
  expect([page.status, (await page.text()).includes(email), (await t.account(ann)).emailStatus]).toEqual([
    200,
    true,
    'unverified',
  ])
  const token = new URLSearchParams(link.split('?')[1]).get('token')!
  // an open session, and whoever reads the mail, are not enough
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

test('a changed address ends the links to the one before, which is told when it was confirmed', async () => {
  await using t = await withPost()
  const ann = await t.reachable('ann')
  await t.api(ann, 'PATCH /users/account', { email: 'two@example.org' })
  await t.runJobs()
  const stale = t.smtp.to('two@example.org')
  expect(t.smtp.mails.map(({ to }) => to).sort()).toEqual([email, 'two@example.org'])
  expect(t.smtp.to(email)!.headers.subject).toBe('Your email address was changed')
  expect(t.smtp.to(email)!.text).not.toContain('two@')
  await t.api(ann, 'PATCH /users/account', { email: 'three@example.org' })
  await t.runJobs()
  expect(t.smtp.mails.length).toBe(3) // the second was never confirmed, so it hears nothing
  expect((await t.request(linkIn(stale, '/users/verifications/new'))).status).toBe(410)
  await t.api(ann, 'PATCH /users/account', { bio: 'the same address' })
  await t.api(ann, 'PATCH /users/account', { email: null })
  await t.runJobs()
  expect([t.smtp.mails.length, (await t.account(ann)).emailStatus]).toEqual([3, null])
})

test('the link is sent again when asked, not too often, and in the language of the browser', async () => {
  await using t = await withPost()
  const ann = await t.user('ann', { password: PASSWORD })
  expect(await t.api(ann, 'POST /users/account/verifications')).toEqual(problem(409, 'no_email'))
  await t.api(ann, 'PATCH /users/account', { email }, { 'accept-language': 'ko' })
  const asked = await Promise.all(Array.from({ length: 12 }, () => t.api(ann, 'POST /users/account/verifications')))
  expect(asked.filter(({ status }) => status === 204).length).toBeLessThan(10)
  expect(asked.at(-1)).toEqual(problem(429, 'rate_limited'))
  await t.runJobs()
  const mail = t.smtp.to(email)!
  expect([mail.headers.subject, mail.html.includes('lang="ko"')]).toEqual(['이메일 주소를 확인해 주세요', true])
  await t.confirm(email)
  expect(await t.api(ann, 'POST /users/account/verifications')).toEqual(problem(409, 'already_verified'))
})

test('who signs up with an address confirms it, too', async () => {
  await using t = await withPost({ env: { PINHOLE_REGISTRATION: 'open' } })
  expect((await t.api(null, 'POST /users', { handle: 'ann', password: 'a long password', email })).status).toBe(201)
  await t.runJobs()
  expect((await t.confirm(email)).status).toBe(204)
})

test('a forgotten password: by handle or address, one link, an hour, every session ends, and the change is told', async () => {
  await using t = await withPost()
  const ann = await t.reachable('ann')
  for (const account of ['ann', '@ANN', 'Ann@Example.org'])
    expect((await t.api(null, 'POST /users/resets/requests', { account })).status).toBe(204)
  await t.runJobs()
  expect(t.smtp.mails.map(({ to }) => to)).toEqual([email, email, email])
  await t.api(null, 'POST /users/resets/requests', { account: 'ann' })
  await t.runJobs()
  expect(t.smtp.mails.length).toBe(3) // three open links are enough
  const link = linkIn(t.smtp.to(email), '/users/resets/new')
  expect((await t.request(link)).status).toBe(200)
  const token = new URLSearchParams(link.split('?')[1]).get('token')
  expect((await t.api(null, 'POST /users/resets', { token, password: 'another password' })).status).toBe(204)
  expect((await t.api(ann, 'GET /users/account')).status).toBe(401)
  expect((await t.api(null, 'POST /sessions', { handle: 'ann', password: 'another password' })).status).toBe(201)
  await t.runJobs()
  expect(t.smtp.to(email)!.headers.subject).toBe('Your password was changed')
  await t.api(null, 'POST /users/resets/requests', { account: 'ann' })
  await t.runJobs()
  t.pass(HOUR_MS)
  expect((await t.request(linkIn(t.smtp.to(email), '/users/resets/new'))).status).toBe(410)
})

test('who asks learns nothing: not who is here, whose address is confirmed, nor by a host of their own', async () => {
  await using t = await withPost()
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
  expect(many.at(-1)).toEqual(problem(429, 'rate_limited'))
})

test('of two accounts with one address each gets its own link', async () => {
  await using t = await withPost()
  const [ann, bob] = [await t.reachable('ann'), await t.user('bob', { password: PASSWORD })]
  await t.api(bob, 'PATCH /users/account', { email: ann.email })
  await t.runJobs()
  await t.confirm(ann.email)
  t.smtp.mails.length = 0
  await t.api(null, 'POST /users/resets/requests', { account: ann.email })
  await t.runJobs()
  expect(t.smtp.mails.map(({ text }) => /@(ann|bob) at/.exec(text)?.[1]).sort()).toEqual(['ann', 'bob'])
})

test('where no mail server is set there is nothing of it', async () => {
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
  using other = t.stranger()
  expect(other.query("select count(*) from jobs where kind like 'mail.%'").values()).toEqual([[0]])
})
