import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { testApp } from '../harness'
import { photo } from '../photos'

/**
 * Extends the community of version 0010 with photos of two people who take turns, none of which is processed yet, and
 * with deeds of the staff.
 */
const [from, to] = [join(import.meta.dir, '0010'), join(import.meta.dir, '0021')]
if (existsSync(to)) throw new Error(`${to} exists and must not be changed.`)

const t = await testApp({}, from)
const signIn = async (handle: string) =>
  (await t.api(null, 'POST /sessions', { handle, password: 'a long password' })).body
for (const handle of ['bob', 'bob', 'boss']) {
  const as = await signIn(handle)
  const body = new FormData()
  body.append('file', new File([new Uint8Array(await photo().jpeg().toBuffer())], 'photo.jpg'))
  const { status } = await t.request('/api/files', { as, method: 'POST', body })
  if (status !== 201) throw new Error(`The upload was refused: ${status}`)
}

const boss = await signIn('boss')
const deeds = [
  ['PATCH /admin/users/bob', { role: 'moderator' }],
  ['PATCH /admin/users/bob', { role: 'member' }],
  ['PUT /admin/users/cat/suspension', { reason: 'a try' }],
  ['DELETE /admin/users/cat/suspension'],
] as const
for (const [call, body] of deeds) {
  const { status } = await t.api(boss, call, body)
  if (status >= 300) throw new Error(`${call} was refused: ${status}`)
}

using books = t.openDatabase()
books.run('vacuum into ?', [join(t.dir, 'packed.sqlite')])
cpSync(t.dir, to, {
  recursive: true,
  filter: (path) => !/packed\.sqlite$|sqlite-(wal|shm)$|\.lock$/.test(path),
})
cpSync(join(t.dir, 'packed.sqlite'), join(to, 'pinhole.sqlite'))
t[Symbol.dispose]()
