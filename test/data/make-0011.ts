import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { testApp } from '../harness'
import { photo } from '../photos'
import { keep } from './keep'

/** Extends the community of version 0010 with photos of two people who take turns. None of them is processed yet. */
const [from, to] = [join(import.meta.dir, '0010'), join(import.meta.dir, '0011')]
if (existsSync(to)) throw new Error(`${to} exists and must not be changed.`)

const t = await testApp({}, from)
for (const handle of ['bob', 'bob', 'boss']) {
  const { body: as } = await t.api(null, 'POST /sessions', { handle, password: 'a long password' })
  const body = new FormData()
  body.append('file', new File([new Uint8Array(await photo().jpeg().toBuffer())], 'photo.jpg'))
  const { status } = await t.request('/api/files', { as, method: 'POST', body })
  if (status !== 201) throw new Error(`The upload was refused: ${status}`)
}

await keep(t, to)
