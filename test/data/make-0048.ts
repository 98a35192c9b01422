import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { testApp } from '../harness'
import { keep } from './keep'

/**
 * Extends the community of version 0047: Bob bought a post of the administrator, who gave the coins back. The jobs that
 * were waiting stay as they are.
 */
const [from, to] = [join(import.meta.dir, '0047'), join(import.meta.dir, '0048')]
if (existsSync(to)) throw new Error(`${to} exists and must not be changed.`)

const t = await testApp({}, from)
const signIn = async (handle: string) =>
  (await t.api(null, 'POST /sessions', { handle, password: 'a long password' })).body
const [bob, boss] = [await signIn('bob'), await signIn('boss')]

async function call(as: typeof bob, what: string, body?: object) {
  const { status, body: answer } = await t.api(as, what, body)
  if (status >= 300) throw new Error(`${what} was refused: ${status} ${JSON.stringify(answer)}`)
}

const { id } = await t.post({ ...boss, id: boss.user.id }, { caption: 'The harbour at noon', price: 3 })
await call(bob, `PUT /library/${id}`, { price: 3 })
await call(boss, `POST /library/${id}/refunds`, { handle: 'bob' })
await keep(t, to)
