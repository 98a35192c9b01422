import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { testApp } from '../harness'
import { keep } from './keep'

/**
 * Extends the community of version 0045: the administrator said that a post of Ann does not interest them. The jobs that
 * were waiting stay as they are.
 */
const [from, to] = [join(import.meta.dir, '0045'), join(import.meta.dir, '0046')]
if (existsSync(to)) throw new Error(`${to} exists and must not be changed.`)

const t = await testApp({}, from)
const { body: boss } = await t.api(null, 'POST /sessions', { handle: 'boss', password: 'a long password' })
const { status } = await t.api(boss, 'PUT /muted-posts/1')
if (status !== 201) throw new Error(`The post was not muted: ${status}`)
await keep(t, to)
