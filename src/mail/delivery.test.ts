import { expect, test } from 'bun:test'
import { problem } from '../../test/harness'
import { mailApp, PASSWORD } from '../../test/mail-app'

const email = 'ann@example.org'

test('a mail that the server defers is sent again with the same Message-ID', async () => {
  await using t = await mailApp({ data: (n) => (n < 3 ? [451, '4.3.0 later'] : undefined) })
  const ann = await t.user('ann', { password: PASSWORD })
  await t.api(ann, 'PATCH /users/account', { email })
  await t.runJobs()
  expect(t.jobs()).toMatchObject([{ kind: 'mail.verify', attempts: 1, died: 0, error: expect.stringContaining('451') }])
  for (let i = 0; i < 2; i++) {
    t.pass(60_000)
    await t.runJobs()
  }
  expect([t.jobs(), t.smtp.mails.length]).toEqual([[], 3])
  expect(new Set(t.smtp.mails.map(({ headers }) => headers['message-id'])).size).toBe(1)
  expect((await t.confirm(email)).status).toBe(204)
})

test('a permanently refused address is marked for its owner and the staff, and gets no more mail', async () => {
  let gone = false
  await using t = await mailApp({ recipient: () => (gone ? [550, '5.1.1 nobody here'] : undefined) })
  const [boss, ann] = [await t.user('boss', { role: 'admin' }), await t.reachable('ann')]
  gone = true
  await t.api(null, 'POST /users/resets/requests', { account: 'ann' })
  await t.runJobs()
  expect([t.jobs(), await t.account(ann)]).toMatchObject([
    [],
    { emailStatus: 'refused', emailRefusal: expect.stringContaining('nobody here') },
  ])
  const desk = (await t.api(boss, 'GET /admin/users')).body.items.find(
    ({ handle }: { handle: string }) => handle === 'ann',
  )
  expect(desk.emailStatus).toBe('refused')
  expect(await (await t.request('/admin/users', { browser: boss })).text()).toContain('mail bounces')
  expect(await (await t.request('/users/account', { browser: ann })).text()).toContain('bounced')
  gone = false
  await t.api(null, 'POST /users/resets/requests', { account: 'ann' })
  await t.runJobs()
  expect(t.smtp.mails).toEqual([])
  await t.api(ann, 'POST /users/account/verifications') // The owner says that the mailbox works again.
  await t.runJobs()
  await t.confirm(email)
  expect(await t.account(ann)).toMatchObject({ emailStatus: 'verified', emailRefusal: null })
})

test('a refused mail fails at once, and the staff can see it and try again', async () => {
  let strict = true
  await using t = await mailApp({ recipient: () => (strict ? [554, '5.7.1 not from you'] : undefined) })
  const [boss, ann] = [await t.user('boss', { role: 'admin' }), await t.user('ann', { password: PASSWORD })]
  await t.api(ann, 'PATCH /users/account', { email })
  await t.runJobs()
  expect(t.jobs()).toMatchObject([{ attempts: 1, died: 1, error: expect.stringContaining('not from you') }])
  expect((await t.account(ann)).emailStatus).toBe('unverified')
  const [dead] = (await t.api(boss, 'GET /admin/jobs')).body.items.filter(
    ({ kind }: { kind: string }) => kind === 'mail.verify',
  )
  expect(dead).toMatchObject({ status: 'dead', lane: 'mail' })
  strict = false
  await t.api(boss, `POST /admin/jobs/${dead.id}/attempts`)
  await t.runJobs()
  expect(t.smtp.mails.map(({ to }) => to)).toEqual([email])
})

test('mail waits while the server is unreachable or rejects our credentials', async () => {
  await using t = await mailApp()
  const ann = await t.user('ann')
  await t.smtp.stop()
  await t.api(ann, 'PATCH /users/account', { email })
  await t.runJobs()
  expect(t.jobs()).toMatchObject([{ attempts: 1, died: 0 }])
})

test('the staff can send a test mail and see the result', async () => {
  let refuse = false
  await using t = await mailApp({ data: () => (refuse ? [554, '5.6.0 no'] : undefined) })
  const [boss, mod] = [await t.user('boss', { role: 'admin' }), await t.user('mod', { role: 'moderator' })]
  const sent = await t.api(boss, 'POST /admin/mail/tests', { to: email })
  expect(sent).toMatchObject({
    status: 200,
    body: { to: email, accepted: true, answer: expect.stringContaining('250') },
  })
  expect(t.smtp.to(email)!.headers.subject).toBe('Test mail from Pinhole')
  refuse = true
  const page = await t.request('/admin/mail/tests', { method: 'POST', browser: boss, form: { to: email } })
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('5.6.0 no')])
  expect(await t.api(mod, 'POST /admin/mail/tests', { to: email })).toEqual(problem(403, 'forbidden'))
  expect(await t.api(boss, 'POST /admin/mail/tests', { to: 'a@b.org\nBcc: c@d.org' })).toEqual(problem(422, 'invalid'))
  await t.smtp.stop()
  expect((await t.api(boss, 'POST /admin/mail/tests', { to: email })).body).toMatchObject({ accepted: false })
})

test('a chosen name cannot inject a header', async () => {
  await using t = await mailApp()
  const boss = await t.user('boss', { role: 'admin' })
  const injected = (text: string) => `${text}\r\nBcc: eve@example.org`
  expect((await t.api(boss, 'PATCH /admin/settings', { siteName: injected('Ours') })).status).toBe(422)
  expect((await t.api(boss, 'PATCH /users/account', { email: injected('a@b.org') })).status).toBe(422)
  const mail = { from: injected('Ours'), to: email, subject: injected('Hello'), text: 'Hello', html: 'Hello' }
  await t.app.mailer!.send({ ...mail, messageId: 'one' })
  const { headers, to } = t.smtp.to(email)!
  expect([t.smtp.mails.length, headers.bcc, to]).toEqual([1, undefined, email])
  expect([headers.from, headers.subject]).toEqual([
    '"Ours Bcc: eve@example.org" <photos@example.org>',
    'Hello Bcc: eve@example.org',
  ])
})
