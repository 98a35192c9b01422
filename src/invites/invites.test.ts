import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'

const DAY_MS = 24 * 3600_000
const password = 'a long password'

async function withInvite(draft: object = {}) {
  const t = await testApp()
  const ann = await t.user('ann')
  const { body: invite } = await t.api(ann, 'POST /invites', draft)
  const join = (handle: string, token = invite.token) => t.api(null, 'POST /users', { handle, password, invite: token })
  return { ...t, ann, invite, join }
}

test('an invitation link lets in as many people as it says', async () => {
  using t = await withInvite({ uses: 2 })
  expect([t.invite.uses, t.invite.used]).toEqual([2, 0])
  expect(t.invite.url).toMatch(/^http.+\/users\/new\?invite=.+/)
  const page = await t.request(new URL(t.invite.url).pathname + new URL(t.invite.url).search)
  expect([page.status, (await page.text()).includes(t.invite.token)]).toEqual([200, true])
  expect([(await t.join('one')).status, (await t.join('two')).status]).toEqual([201, 201])
  expect(await t.join('three')).toEqual(problem(410, 'invite_ended'))
  expect((await t.api(t.ann, 'GET /invites')).body.items).toEqual([])
})

test('only one of several concurrent sign-ups gets the last use', async () => {
  using t = await withInvite()
  const answers = await Promise.all(['one', 'two', 'three', 'four'].map((handle) => t.join(handle)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410, 410])
})

test('a failed sign-up does not count as a use', async () => {
  using t = await withInvite()
  expect([(await t.join('ann')).status, (await t.join('x')).status, (await t.join('bob')).status]).toEqual([
    409, 422, 201,
  ])
})

test('an invitation that expired, was revoked or belongs to another community does not work', async () => {
  using t = await withInvite()
  using other = await withInvite()
  expect((await t.join('bob', other.invite.token)).status).toBe(410)
  t.pass(28 * DAY_MS - 1000)
  const page = await t.request(`/users/new?invite=${t.invite.token}`)
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(' invites you.')])
  t.pass(1000)
  expect([(await t.request(`/users/new?invite=${t.invite.token}`)).status, (await t.join('bob')).status]).toEqual([
    410, 410,
  ])
  const bob = await other.user('bob')
  expect((await other.api(bob, `DELETE /invites/${other.invite.id}`)).status).toBe(204)
  expect((await other.request(`/users/new?invite=${other.invite.token}`)).status).toBe(200) // he cannot revoke this one
  for (let i = 0; i < 2; i++)
    expect((await other.api(other.ann, `DELETE /invites/${other.invite.id}`)).status).toBe(204)
  expect((await other.join('eve')).status).toBe(410)
})

test('people see only their own invitations, newest first; uses are 1 to 1000', async () => {
  using t = await withInvite()
  const bob = await t.user('bob')
  t.pass(1000)
  const until = new Date(+t.app.now() + DAY_MS).toISOString()
  expect((await t.api(t.ann, 'POST /invites', { uses: 5, expiresAt: until })).body).toMatchObject({
    uses: 5,
    expiresAt: until,
  })
  expect((await t.api(t.ann, 'GET /invites')).body.items.map(({ uses }: { uses: number }) => uses)).toEqual([5, 1])
  expect((await t.api(bob, 'GET /invites')).body.items).toEqual([])
  for (const draft of [{ uses: 0 }, { uses: 1001 }, { uses: 1.5 }, { expiresAt: 'tomorrow' }])
    expect((await t.api(t.ann, 'POST /invites', draft)).status).toBe(422)
  for (const at of [t.app.now(), new Date(+t.app.now() - DAY_MS)]) {
    const past = await t.api(t.ann, 'POST /invites', { expiresAt: at.toISOString() })
    expect([past.status, past.body.errors]).toEqual([
      422,
      [{ path: 'expiresAt', message: 'Choose a day in the future.' }],
    ])
  }
  expect((await t.api(t.ann, 'GET /invites')).body.items).toHaveLength(2)
  const { token } = (await t.api(t.ann, 'POST /invites', { expiresAt: '2099-01-01T00:00:00Z' })).body
  expect(await (await t.request('/invites', { browser: t.ann })).text()).toContain(token)
})
