import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { testApp } from '../harness'
import { keep } from './keep'

/**
 * Extends the community of version 0041: the administrator confirmed their age and has a post for adults, and Bob has more
 * storage than others. The jobs that were waiting stay as they are.
 */
const [from, to] = [join(import.meta.dir, '0041'), join(import.meta.dir, '0045')]
if (existsSync(to)) throw new Error(`${to} exists and must not be changed.`)

const t = await testApp({}, from)
const signIn = async (handle: string) =>
  (await t.api(null, 'POST /sessions', { handle, password: 'a long password' })).body
const boss = await signIn('boss')

async function call(as: typeof boss, what: string, body?: object) {
  const { status } = await t.api(as, what, body)
  if (status >= 300) throw new Error(`${what} was refused: ${status}`)
}

await call(boss, 'PUT /users/account/age', { birthDate: '1990-05-05' })
await t.post({ ...boss, id: boss.user.id }, { caption: 'Night at the quay', adultsOnly: true })
await call(boss, 'PATCH /admin/users/bob', { quotaMb: 20_000 })
await keep(t, to)
