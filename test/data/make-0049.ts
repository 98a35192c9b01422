import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { testApp } from '../harness'
import { keep } from './keep'

/**
 * Extends the community of version 0048: Bob bought a post of the administrator, liked it and wrote a comment about it.
 * The jobs that were waiting stay as they are.
 */
const [from, to] = [join(import.meta.dir, '0048'), join(import.meta.dir, '0049')]
if (existsSync(to)) throw new Error(`${to} exists and must not be changed.`)

const t = await testApp({}, from)
const signIn = async (handle: string) =>
  (await t.api(null, 'POST /sessions', { handle, password: 'a long password' })).body
const [bob, boss] = [await signIn('bob'), await signIn('boss')]

async function call(as: typeof bob, what: string, body?: object) {
  const { status, body: answer } = await t.api(as, what, body)
  if (status >= 300) throw new Error(`${what} was refused: ${status} ${JSON.stringify(answer)}`)
}

const { id } = await t.post({ ...boss, id: boss.user.id }, { caption: 'The harbour at dusk', price: 2 })
await call(bob, `PUT /library/${id}`, { price: 2 })
await call(bob, `PUT /posts/${id}/like`)
await call(bob, `POST /posts/${id}/comments`, { text: 'What a light!' })
await keep(t, to)
