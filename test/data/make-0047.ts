import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { testApp } from '../harness'
import { keep } from './keep'

/**
 * Extends the community of version 0046: Bob has a draft that goes into his collection. The jobs that were waiting stay as
 * they are.
 */
const [from, to] = [join(import.meta.dir, '0046'), join(import.meta.dir, '0047')]
if (existsSync(to)) throw new Error(`${to} exists and must not be changed.`)

const t = await testApp({}, from)
const { body: bob } = await t.api(null, 'POST /sessions', { handle: 'bob', password: 'a long password' })
const { status } = await t.api(bob, 'PUT /posts/draft', { caption: 'Low tide', collectionName: '바다' })
if (status !== 201) throw new Error(`The draft was not saved: ${status}`)
await keep(t, to)
