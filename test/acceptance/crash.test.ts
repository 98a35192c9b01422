import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { noise, photo } from '../photos'
import { until } from '../until'
import { emptyFolder, type Place } from './executable'
import { password, scriptOf, setUp, signIn } from './script'

/** So many that a kill comes before the last of them is served, also when this process had to wait for a processor. */
const CROWD = 80_000

const open = (place: Place) => {
  const db = new Database(join(place.folder, 'data/pinhole.sqlite'))
  db.run('pragma busy_timeout = 5000')
  return db
}
const one = (db: Database, sql: string, ...values: number[]) => db.query(sql).values(...values)[0]?.[0] as number

/** Checks without pausing, so that the moment is not missed. */
function catchMoment(what: string, isNow: () => boolean) {
  const end = Date.now() + 120_000
  while (!isNow()) if (Date.now() > end) throw new Error(`Timed out waiting until ${what}.`)
}

test('after kills during a delivery, each follower has each post and its notification exactly once', async () => {
  await using place = await emptyFolder()
  let server = await place.serve()
  let star = await setUp(server, 'star')
  const { id: starId } = await star.ask('GET /users/account')
  using db = open(place)
  db.transaction(() => {
    const numbers = `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${CROWD}) select`
    db.run(
      `insert into users (handle, display_name, password_hash, created_at) ${numbers} 'fan' || i, '', '', 0 from n`,
    )
    db.run(
      `insert into follows (followee_id, follower_id, created_at)
       select ?, id, 0 from users where handle like 'fan%'`,
      [starId],
    )
  })()
  const jpeg = await photo().jpeg().toBuffer()
  const delivered = (postId: number) => one(db, 'select count(*) from inbox where post_id = ?', postId)
  for (const kills of [1, 2, 3]) {
    const fileId = await star.upload(jpeg, 'a.jpg')
    await until('the photo is ready', async () => (await star.ask(`GET /files/${fileId}`)).status === 'ready')
    const { id } = await star.ask('POST /posts', { fileIds: [fileId] })
    let before = 0
    for (let i = 0; i < kills; i++) {
      catchMoment('more is delivered', () => delivered(id) > before)
      await server.stop('SIGKILL')
      before = delivered(id)
      expect([i, before > 0 && before < CROWD, before % 500]).toEqual([i, true, 0]) // only whole batches
      server = await place.serve()
    }
    await until(
      'all is delivered',
      () =>
        delivered(id) === CROWD &&
        one(db, 'select count(*) from jobs where lane = ? and kind <> ?', ...(['rest', 'upkeep.sweep'] as never[])) ===
          0,
    )
    expect([
      one(db, 'select count(distinct user_id) from inbox where post_id = ?', id),
      one(db, `select count(*) from notifications where kind = 'post' and post_id = ?`, id),
      one(db, `select count(distinct user_id) from notifications where kind = 'post' and post_id = ?`, id),
    ]).toEqual([CROWD, CROWD, CROWD])
    star = await signIn(server.address, 'star')
  }
  expect((await star.ask('GET /users/star')).posts).toBe(3)
  const rebuilt = await place.run(['rebuild-inboxes', '--json'])
  expect(JSON.parse(rebuilt.out)).toMatchObject({ added: 0, removed: 0 })
  await server.stop()
})

/** The child processes of a process, read from /proc because a killed parent cannot be asked. */
function childrenOf(pid: number): number[] {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), statOf(name)] as const)
  return stats.filter(([, stat]) => Number(stat?.split(') ')[1]?.split(' ')[1]) === pid).map(([child]) => child)
}

function statOf(pid: string | number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined // the process has just ended
  }
}

test.skipIf(process.platform !== 'linux')(
  'after a kill in the middle of processing, the worker ends and every photo is processed anyway',
  async () => {
    await using place = await emptyFolder()
    let server = await place.serve()
    let ann = await setUp(server, 'ann')
    const noise = {
      create: {
        width: 2000,
        height: 1500,
        channels: 3 as const,
        background: '#888',
        noise: { type: 'gaussian' as const, mean: 128, sigma: 40 },
      },
    }
    const large = await sharp(noise).jpeg().toBuffer()
    const fileIds: number[] = []
    for (let i = 0; i < 2; i++) fileIds.push(await ann.upload(large, `${i}.jpg`))
    const { id } = await ann.ask('POST /posts', { caption: 'survivors', fileIds })
    using db = open(place)
    const busy = () => one(db, `select count(*) from jobs where kind = 'files.process' and attempts > 0`) > 0
    for (let i = 0; i < 2; i++) {
      const worker = await until('the worker works', () => busy() && childrenOf(server.pid)[0])
      await Bun.sleep(30)
      await server.stop('SIGKILL')
      await until('the worker is gone', () => !existsSync(`/proc/${worker}`) || / Z /.test(statOf(worker) ?? ''))
      server = await place.serve()
    }
    ann = await signIn(server.address, 'ann')
    const post = await ann.published(id)
    expect(post.files.map((file: { id: number }) => file.id)).toEqual(fileIds)
    for (const { renditions } of post.files) {
      const bytes = await (await ann.fetch(renditions.feed.url)).arrayBuffer()
      expect((await sharp(bytes).metadata()).width).toBe(1440)
    }
    const { storage } = await ann.ask('GET /users/account')
    expect(storage.used).toBe(one(db, 'select sum(bytes + rendition_bytes) from files'))
    expect([
      readdirSync(join(place.folder, 'data/work')),
      readdirSync(join(place.folder, 'data/uploads')).filter((name) => !name.startsWith('.')),
    ]).toEqual([[], []])
    const examined = await place.run(['doctor'], { env: { PINHOLE_MIN_FREE_MB: '1' } })
    expect([examined.status, examined.out]).toEqual([0, expect.stringContaining('No problems found')])
    await server.stop()
  },
)

test('SIGTERM while files are processed exits with 0, and the next start continues', async () => {
  await using place = await emptyFolder()
  const server = await place.serve()
  const ann = await setUp(server, 'ann')
  const large = await photo({ width: 2400, height: 1800 }).jpeg().toBuffer()
  const fileId = await ann.upload(large, 'a.jpg')
  const { id } = await ann.ask('POST /posts', { fileIds: [fileId] })
  expect((await server.stop('SIGTERM')).status).toBe(0)
  const next = await place.serve()
  const again = await signIn(next.address, 'ann')
  expect((await again.published(id)).files[0].status).toBe('ready')
  expect((await scriptOf(next.address).fetch('/healthz')).status).toBe(200)
  await next.stop()
})

test('a kill during an upload with a checksum leaves no bytes behind, and the upload goes on', async () => {
  await using place = await emptyFolder()
  const server = await place.serve()
  const boss = await setUp(server)
  const { token } = await boss.ask('POST /tokens', { name: 'Client', scopes: ['read', 'write'], password })
  const bytes = new Uint8Array(await noise())
  const tus = { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' }
  const begin = { method: 'POST', headers: { ...tus, 'upload-length': String(bytes.length) } }
  const at = (await fetch(`${server.address}/api/uploads`, begin)).headers.get('location')!
  const send = (address: string, body: ReadableStream | Uint8Array<ArrayBuffer>) =>
    fetch(address + at, {
      method: 'PATCH',
      body,
      headers: {
        ...tus,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
        'upload-checksum': `sha256 ${new Bun.CryptoHasher('sha256').update(bytes).digest('base64')}`,
      },
    })
  const work = () => readdirSync(join(place.folder, 'data'), { recursive: true, encoding: 'utf8' })
  const arriving = () => work().filter((name) => name.startsWith('work/arriving-'))
  const half = new ReadableStream({ start: (stream) => stream.enqueue(bytes.subarray(0, bytes.length >> 1)) })
  const cut = send(server.address, half).catch(() => 'cut off')
  await until('bytes arrive', () => arriving().length === 1)
  await server.stop('SIGKILL')
  expect([await cut, arriving().length]).toEqual(['cut off', 1])
  const again = await place.serve()
  expect(arriving()).toEqual([])
  expect((await send(again.address, bytes)).headers.get('content-location')).toBe('/api/files/1')
  await again.stop()
})
