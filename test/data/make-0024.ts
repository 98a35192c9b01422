import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { handlers } from '../../src/handlers'
import { runNext } from '../../src/jobs/loop'
import { testApp } from '../harness'

/** Adds to the community of version 0021 what searches find: indexed captions, names and tags. */
const [from, to] = [join(import.meta.dir, '0021'), join(import.meta.dir, '0024')]
if (existsSync(to)) throw new Error(`${to} exists and must not be changed.`)
const t = await testApp({}, from)

await runNext(t.app, 'rest', { handlers }) // indexes what was there; other jobs stay as they are
const { body: bob } = await t.api(null, 'POST /sessions', { handle: 'bob', password: 'a long password' })
await t.post({ ...bob, id: bob.user.id }, { caption: '겨울바다 산책 #바다' })
await t.post({ ...bob, id: bob.user.id }, { caption: 'Fog over the harbour #sea', visibility: 'followers' })

using books = t.openDatabase()
books.run('vacuum into ?', [join(t.dir, 'packed.sqlite')])
cpSync(t.dir, to, {
  recursive: true,
  filter: (path) => !/packed\.sqlite$|sqlite-(wal|shm)$|\.lock$/.test(path),
})
cpSync(join(t.dir, 'packed.sqlite'), join(to, 'pinhole.sqlite'))
t[Symbol.dispose]()
