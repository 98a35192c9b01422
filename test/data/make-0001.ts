import { Database } from 'bun:sqlite'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { migrations } from '../../migrations'
import { photo } from '../photos'

/**
 * The community of version 0001 on the last day of 2025. It contains everything that version had, and unfinished jobs.
 */
const dir = join(import.meta.dir, '0001')
if (existsSync(dir)) throw new Error(`${dir} exists and must not be changed.`)

const at = (minutes: number) => +new Date('2025-12-31T20:00:00Z') + minutes * 60_000
const DAY = 24 * 60

mkdirSync(dir)
await Bun.write(
  join(dir, 'secrets.json'),
  `${JSON.stringify({ secret: Buffer.alloc(32, 'of a test').toString('base64url') })}\n`,
)

async function writePhoto(id: number): Promise<{ bytes: number; renditions: object; renditionBytes: number }> {
  const picture = photo({ width: 60, height: 40 })
  const jpeg = await picture.clone().jpeg().toBuffer()
  await Bun.write(join(dir, 'media', String(id), 'original'), jpeg)
  const webp = await picture.clone().webp().toBuffer()
  const small = await picture.clone().resize(32).webp().toBuffer()
  for (const name of ['thumb', 'feed', 'full'])
    await Bun.write(join(dir, 'media', String(id), 'full', `${name}.webp`), webp)
  await Bun.write(join(dir, 'media', String(id), 'preview/blurred.webp'), small)
  const full = { type: 'image/webp', width: 60, height: 40, bytes: webp.length }
  const renditions = {
    thumb: full,
    feed: full,
    full,
    blurred: { type: 'image/webp', width: 32, height: 21, bytes: small.length },
  }
  return { bytes: jpeg.length, renditions, renditionBytes: 3 * webp.length + small.length }
}

const db = new Database(join(dir, 'pinhole.sqlite'), { create: true })
db.run('pragma foreign_keys = on')
db.run('create table migrations (name text primary key)')
const [name, sql] = migrations[0]!
db.run(sql)
db.run('insert into migrations values (?)', [name])

/** Inserts a row, given by column names. */
function insert(table: string, row: Record<string, string | number | null>) {
  const names = Object.keys(row)
  db.run(`insert into ${table} (${names.join()}) values (${names.map(() => '?').join()})`, Object.values(row))
}

const passwordHash = await Bun.password.hash('a long password', {
  algorithm: 'argon2id',
  memoryCost: 19 * 1024,
  timeCost: 2,
})
for (const [id, handle, role, locale] of [
  [1, 'boss', 'admin', null],
  [2, 'ann', 'member', 'ko'],
  [3, 'bob', 'member', 'en'],
] as const)
  insert('users', { id, handle, role, locale, display_name: handle, password_hash: passwordHash, created_at: at(id) })
db.run(`update users set bio = '사진', links = '["https://ann.example.org/"]', email = 'ann@example.org' where id = 2`)
insert('settings', { key: 'siteName', value: '"Our pinhole"' })
insert('sessions', {
  user_id: 3,
  name: 'a phone',
  created_at: at(5),
  last_seen_at: at(5),
  expires_at: at(5 + 30 * DAY),
})
insert('invites', { created_by: 1, uses: 5, used: 2, created_at: at(4), expires_at: at(4 + 28 * DAY) })
insert('follows', { followee_id: 2, follower_id: 3, created_at: at(10) })
insert('notifications', { user_id: 2, kind: 'follow', at: at(10), actor_id: 3 })

const post = (id: number, caption: string, visibility: string, publishedAt: number | null) =>
  insert('posts', { id, author_id: 2, caption, visibility, created_at: at(id), published_at: publishedAt })
post(1, 'before anybody followed', 'everyone', at(6))
post(2, 'for followers', 'followers', at(20))
post(3, 'not delivered yet', 'everyone', at(30))
for (const [id, postId] of [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, null],
] as const) {
  const { bytes, renditions, renditionBytes } = await writePhoto(id)
  const sizes = {
    bytes,
    rendition_bytes: renditionBytes,
    width: 60,
    height: 40,
    renditions: JSON.stringify(renditions),
  }
  const kind = {
    name: `${id}.jpg`,
    type: 'image/jpeg',
    kind: 'image',
    status: 'ready',
    progress: 1,
    alt_text: 'four corners',
  }
  insert('files', { id, owner_id: 2, post_id: postId, ...kind, ...sizes, created_at: at(5) })
}
db.run(
  `update users set posts = 3, followers = 1, avatar_file_id = 4,
   storage_used = (select sum(bytes + rendition_bytes) from files) where id = 2`,
)
db.run('update users set following = 1 where id = 3')
insert('inbox', { user_id: 3, at: at(6), post_id: 1, read: 1 })
insert('inbox', { user_id: 3, at: at(20), post_id: 2, read: 0 })
insert('notifications', { user_id: 3, kind: 'post', at: at(20), actor_id: 2, post_id: 2 })
insert('jobs', {
  kind: 'inbox.deliver',
  lane: 'rest',
  payload: '{"postId":3,"after":0}',
  created_at: at(30),
  due_at: at(30),
})
insert('idempotency', { user_id: 2, call: 'POST /posts', key: 'k', body: 'x', result: '3', created_at: at(30) })
db.close()
