import { expect, test } from 'bun:test'
import { ACTION_KINDS } from '../../shapes/actions'
import { pairPhone } from '../authenticator'
import { type As, type Json, testApp } from '../harness'
import { PASSWORD } from '../mail-app'
import { photo } from '../photos'
import { smtpServer } from '../smtp'

const REASON = 'A reason.'

const LOGO = new FormData()
LOGO.append('file', new File([new Uint8Array(await photo({ width: 80 }).png().toBuffer())], 'logo.png'))

/** A community in which each deed of the staff is possible. */
async function community() {
  const smtp = await smtpServer()
  const t = await testApp({
    PINHOLE_BACKUP: '/backups',
    PINHOLE_SMTP_URL: smtp.url,
    PINHOLE_URL: 'http://photos.example.org',
  })
  const [boss, ann] = [await t.user('boss', { role: 'admin' }), await t.user('ann')]
  const made = async (as: As, call: string, body: object) => (await t.api(as, call, body)).body.id as number
  await t.api(boss, 'PATCH /admin/settings', { payouts: 'on', payoutHoldDays: 0, payoutMinCoins: 1 })
  await t.api(boss, 'POST /admin/users/boss/grants', { coins: 9 })
  await t.api(boss, 'POST /coins/tips', { handle: 'ann', coins: 9 })
  await t.api(boss, 'POST /admin/vouchers', { coins: 5 })
  await t.api(boss, 'POST /admin/packs', { coins: 10, amount: 100, currency: 'eur' })
  await t.api(boss, 'PUT /admin/pages/terms', { text: 'Be kind.' })
  await pairPhone(t, await t.user('lost', { password: PASSWORD }))
  await t.user('sus')
  await t.api(boss, 'PUT /admin/users/sus/suspension', { reason: REASON })
  await t.user('goes')
  await t.user('stays')
  await t.api(boss, 'DELETE /admin/users/stays', {})
  using db = t.openDatabase()
  const [pack] = (await t.api(boss, 'GET /admin/packs')).body.items
  const appealed = async () => {
    const postId = (await t.post(ann)).id
    await t.api(boss, `DELETE /admin/posts/${postId}`)
    return made(ann, 'POST /appeals', { postId, text: 'Why?' })
  }
  const flagged = async () => {
    await t.api(ann, 'PATCH /users/account', { bio: 'A plum.' })
    return (await t.api(boss, 'GET /admin/flags')).body.items[0].id as number
  }
  return {
    ...t,
    boss,
    pack: pack.id as string,
    post: (await t.post(ann)).id as number,
    report: await made(boss, 'POST /reports', { handle: 'ann', reason: 'A report.' }),
    topup: await made(ann, 'POST /coins/topups', { coins: 5, note: 'Paid.' }),
    payout: await made(ann, 'POST /coins/payouts', { coins: 9 }),
    word: await made(boss, 'POST /admin/words', { word: 'plum', effect: 'mark' }),
    flag: await flagged(),
    appeal: await appealed(),
    invite: await made(ann, 'POST /invites', {}),
    voucher: db.query<{ id: number }, []>('select id from vouchers').get()!.id,
    job: db.query<{ id: number }, []>('select id from jobs').get()!.id,
    /** A logo is drawn by a process of its own, which takes longer than everything above. */
    putLogo: () => t.request('/api/admin/settings/mark', { method: 'PUT', as: boss, body: LOGO }),
    actions: () => t.openDatabase().query<{ kind: string; staff_id: number }, []>('select * from actions').all(),
    async [Symbol.asyncDispose]() {
      t[Symbol.dispose]()
      await smtp[Symbol.asyncDispose]()
    },
  }
}
type Community = Awaited<ReturnType<typeof community>>

type Call = [path: string, body?: object]
type Deed = (t: Community) => Call | Promise<Call>

/**
 * Every call of the staff desk that changes something, each with an address and a body with which it succeeds. A new
 * call is added here, and records what it does with `record` in `src/actions/record.ts`.
 */
const DEEDS: Record<string, Deed> = {
  'DELETE /admin/invites/{id}': (t) => [`/admin/invites/${t.invite}`],
  'DELETE /admin/packs/{id}': (t) => [`/admin/packs/${t.pack}`],
  'DELETE /admin/pages/{name}': () => ['/admin/pages/terms'],
  'DELETE /admin/posts/{id}': (t) => [`/admin/posts/${t.post}`],
  'DELETE /admin/users/{handle}': () => ['/admin/users/goes', {}],
  'DELETE /admin/users/{handle}/deletion': () => ['/admin/users/stays/deletion'],
  'DELETE /admin/users/{handle}/suspension': () => ['/admin/users/sus/suspension'],
  'DELETE /admin/users/{handle}/totp': () => ['/admin/users/lost/totp'],
  'DELETE /admin/vouchers/{id}': (t) => [`/admin/vouchers/${t.voucher}`],
  'PATCH /admin/payouts/{id}': (t) => [`/admin/payouts/${t.payout}`, { status: 'paid', note: REASON }],
  'PATCH /admin/reports/{id}': (t) => [`/admin/reports/${t.report}`, { outcome: 'dismissed' }],
  'PATCH /admin/settings': () => ['/admin/settings', { siteName: 'Our photos' }],
  'PATCH /admin/topups/{id}': (t) => [`/admin/topups/${t.topup}`, { status: 'approved', note: REASON }],
  'DELETE /admin/words/{id}': (t) => [`/admin/words/${t.word}`],
  'PATCH /admin/appeals/{id}': (t) => [`/admin/appeals/${t.appeal}`, { outcome: 'denied' }],
  'PATCH /admin/flags/{id}': (t) => [`/admin/flags/${t.flag}`, { outcome: 'allowed' }],
  'POST /admin/words': () => ['/admin/words', { word: 'other', effect: 'mark' }],
  'PATCH /admin/users/{handle}': () => ['/admin/users/ann', { role: 'moderator' }],
  'POST /admin/backups': () => ['/admin/backups'],
  'POST /admin/copies': () => ['/admin/copies'],
  'DELETE /admin/copies': () => ['/admin/copies'],
  'POST /admin/jobs/{id}/attempts': (t) => [`/admin/jobs/${t.job}/attempts`],
  'POST /admin/mail/tests': () => ['/admin/mail/tests', { to: 'somebody@example.org' }],
  'POST /admin/packs': () => ['/admin/packs', { coins: 20, amount: 200, currency: 'eur' }],
  'POST /admin/users/{handle}/grants': () => ['/admin/users/ann/grants', { coins: 5, note: REASON }],
  'POST /admin/users/suspensions': () => ['/admin/users/suspensions', { handles: ['ann'], reason: REASON }],
  'POST /admin/users/suspensions/lifts': () => ['/admin/users/suspensions/lifts', { handles: ['sus'] }],
  'POST /admin/users/{handle}/invited/suspensions': () => ['/admin/users/ann/invited/suspensions', { reason: REASON }],
  'POST /admin/users/{handle}/resets': () => ['/admin/users/ann/resets'],
  'POST /admin/vouchers': () => ['/admin/vouchers', { coins: 5 }],
  'PUT /admin/pages/{name}': () => ['/admin/pages/rules', { text: 'Be kind.' }],
  'PUT /admin/settings/mark': () => ['/admin/settings/mark', LOGO],
  'DELETE /admin/settings/mark': async (t) => {
    await t.putLogo()
    return ['/admin/settings/mark']
  },
  'PUT /admin/users/{handle}/suspension': () => ['/admin/users/ann/suspension', { reason: REASON }],
}

async function unsafeCalls(): Promise<string[]> {
  using t = await testApp()
  const { paths } = (await t.api(null, 'GET /openapi.json')).body as { paths: Record<string, Json> }
  return Object.entries(paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .filter((call) => /^(POST|PUT|PATCH|DELETE) (\/api)?\/admin\b/.test(call))
    .map((call) => call.replace(' /api', ' '))
    .sort()
}

test('every call of the staff desk that changes something is listed here', async () => {
  expect(await unsafeCalls()).toEqual(Object.keys(DEEDS).sort())
})

for (const [call, deed] of Object.entries(DEEDS))
  test(`${call} is recorded with the person who did it`, async () => {
    await using t = await community()
    const [path, body] = await deed(t)
    const before = t.actions().length
    const method = call.split(' ')[0]!
    const { status } = await (body instanceof FormData
      ? t.request(`/api${path}`, { method, as: t.boss, body })
      : t.api(t.boss, `${method} ${path}`, body))
    expect([200, 201, 204]).toContain(status)
    const recorded = t.actions().slice(before)
    expect(recorded.length).toBeGreaterThan(0)
    expect(
      recorded.filter(({ staff_id, kind }) => staff_id !== t.boss.id || !ACTION_KINDS.includes(kind as never)),
    ).toEqual([])
  })
