import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { handlers } from '../../src/handlers'
import { runNext } from '../../src/jobs/loop'
import { pairPhone } from '../authenticator'
import { testApp } from '../harness'
import { keep } from './keep'

/**
 * Extends the community of version 0011 with actions of the staff, what searches find, a second factor, a page of the
 * host, a time zone and a personal token. Eun, who has the second factor, is new. The jobs that were waiting stay as they are.
 */
const [from, to] = [join(import.meta.dir, '0011'), join(import.meta.dir, '0018')]
if (existsSync(to)) throw new Error(`${to} exists and must not be changed.`)

const password = 'a long password'
const t = await testApp({}, from)
const signIn = async (handle: string) => (await t.api(null, 'POST /sessions', { handle, password })).body
const [ann, bob, boss] = [await signIn('ann'), await signIn('bob'), await signIn('boss')]

async function call(as: typeof ann, what: string, body?: object) {
  const { status } = await t.api(as, what, body)
  if (status >= 300) throw new Error(`${what} was refused: ${status}`)
}

await runNext(t.app, 'rest', { handlers }) // indexes what was there
await t.post({ ...bob, id: bob.user.id }, { caption: '겨울바다 산책 #바다' })
await t.post({ ...bob, id: bob.user.id }, { caption: 'Fog over the harbour #sea', visibility: 'followers' })

await call(boss, 'PATCH /admin/users/bob', { role: 'moderator' })
await call(boss, 'PATCH /admin/users/bob', { role: 'member' })
await call(boss, 'PUT /admin/users/cat/suspension', { reason: 'a try' })
await call(boss, 'DELETE /admin/users/cat/suspension')
await call(boss, 'PUT /admin/pages/imprint', { text: 'We are *us*.' })
await call(boss, 'PATCH /admin/settings', { timeZone: 'Asia/Seoul' })
await call(bob, 'POST /tokens', { name: 'Mirror', scopes: ['read'], password })
const eun = await t.user('eun', { password })
await pairPhone(t, eun)
await keep(t, to)
