import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'

const draft = { handle: 'boss', password: 'a long password' }

async function fresh() {
  const t = await testApp({ PINHOLE_REGISTRATION: 'closed' })
  const link = async (ms = 24 * 3600_000) => t.app.links.sign('setup', 0, new Date(+t.app.now() + ms))
  return { ...t, link, setUp: (token: string, more = {}) => t.api(null, 'POST /setup', { ...draft, token, ...more }) }
}

test('the set-up link creates a signed-in administrator, even when registration is closed', async () => {
  using t = await fresh()
  const token = await t.link()
  const page = await t.request(`/setup?token=${token}`)
  expect([page.status, (await page.text()).includes(token)]).toEqual([200, true])
  const made = await t.request('/setup', { method: 'POST', form: { ...draft, token } })
  expect([made.status, made.headers.get('location')]).toEqual([303, '/'])
  const cookie = made.headers.get('set-cookie')!.split(';')[0]!
  expect((await (await t.request('/api/users/account', { headers: { cookie } })).json()).role).toBe('admin')
})

test('the community begins with the language and the time zone of its host', async () => {
  const begun = async (env: Record<string, string>, form: Record<string, string>) => {
    using t = await testApp(env)
    const token = await t.app.links.sign('setup', 0, new Date(+t.app.now() + 1000))
    const headers = { 'accept-language': 'ko-KR,ko;q=0.9' }
    expect((await t.request('/setup', { method: 'POST', form: { ...draft, ...form, token }, headers })).status).toBe(
      303,
    )
    const { locale, timeZone } = t.app.settings()
    return [locale, timeZone]
  }
  expect(await begun({}, { timeZone: 'Asia/Seoul' })).toEqual(['ko', 'Asia/Seoul'])
  expect(await begun({}, { timeZone: '' })).toEqual(['ko', 'UTC']) // a browser without scripts
  const fixed = { PINHOLE_LOCALE: 'en', PINHOLE_TIME_ZONE: 'Europe/Oslo' }
  expect(await begun(fixed, { timeZone: 'Asia/Seoul' })).toEqual(['en', 'Europe/Oslo'])
})

test('the set-up link works once, even when several people open it at the same moment', async () => {
  using t = await fresh()
  const token = await t.link()
  const answers = await Promise.all(['one', 'two', 'three'].map((handle) => t.setUp(token, { handle })))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410])
  expect([(await t.request(`/setup?token=${token}`)).status, (await t.setUp(token)).status]).toEqual([410, 410])
})

test('other links and expired links are refused', async () => {
  using t = await fresh()
  const [invite, reset] = await Promise.all(
    (['invite', 'reset'] as const).map((kind) => t.app.links.sign(kind, 0, new Date(+t.app.now() + 1000))),
  )
  for (const token of ['', 'x', invite!, reset!, await t.link(-1)])
    expect(await t.setUp(token)).toEqual(problem(403, 'setup_link'))
  expect((await t.request('/setup')).status).toBe(403)
  expect(await t.setUp(await t.link(), { password: 'short' })).toEqual(problem(422, 'invalid'))
})
