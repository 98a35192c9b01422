import { Database } from 'bun:sqlite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Encrypter } from 'age-encryption'
import { type Community, communityIn } from '../../../test/community-folder'
import { pinhole, spawnPinhole } from '../../../test/process'
import { startS3 } from '../../../test/s3'
import { parseKeep } from '../../backup-place'
import { newIdentity } from './cipher'
import { toKeep } from './keep'
import { addObject, openOrMake, readObject } from './repository'
import { openShelf } from './shelf'
import { nameOfTime } from './snapshot'

let s3: Awaited<ReturnType<typeof startS3>>
let dir: string
let community: Community
const at = (...names: string[]) => join(dir, ...names)
beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3[Symbol.asyncDispose]())
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  community = await communityIn(at('data'))
  mkdirSync(at('backups'))
})
afterEach(() => {
  community.store.close()
  rmSync(dir, { recursive: true })
})

const PASSPHRASE = { PINHOLE_BACKUP_PASSPHRASE: 'horse battery staple' }

async function run(args: string[], env: Record<string, string> = {}) {
  const { status, out, err } = await pinhole([...args, '--json'], { env })
  return { status, err, body: out ? JSON.parse(out) : undefined }
}
const backUp = (to = at('backups'), env = {}) => run(['backup', to, '--data', at('data')], env)
const restore = (from: string, to: string, env = {}) => run(['restore', from, '--data', at(to)], env)
const original = (folder: string, id: number) => readFileSync(at(folder, 'media', String(id), 'original'), 'utf8')

/** The files of the repository by their paths, with their sizes. */
const filesIn = (dir: string) =>
  new Map(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .map((name) => [name, statSync(join(dir, name))] as const)
      .filter(([, found]) => found.isFile())
      .map(([name, { size }]) => [name, size]),
  )

/**
 * A key that its passphrase opens at once. How much work guessing takes is written in the file, and each of the several
 * commands of a test would spend a second on the usual amount.
 */
async function easyKey(): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(4)
  encrypter.setPassphrase(PASSPHRASE.PINHOLE_BACKUP_PASSPHRASE)
  return encrypter.encrypt(`${await newIdentity()}\n`)
}

for (const [how, env] of [
  ['plain', {}],
  ['encrypted', PASSPHRASE],
] as const)
  test(`${how} backups store each photo once, can be restored, and only their owner can read them`, async () => {
    const first = await community.upload('the first original, which is long enough to be found')
    if (how === 'encrypted') writeFileSync(at('backups/key.age'), await easyKey(), { mode: 0o600 })
    const { status, body } = await backUp(undefined, env)
    expect({ status, ...body }).toMatchObject({ status: 0, files: 1, lost: [], changed: [], kept: 1 })
    const before = filesIn(at('backups'))
    const second = await community.upload('the second original, which is long enough to be found')
    const gone = await community.upload('a deleted one')
    await community.remove(gone)
    expect(await backUp(undefined, env)).toMatchObject({ status: 0, body: { files: 2 } })
    const added = [...filesIn(at('backups')).keys()].filter((name) => !before.has(name))
    // the photo, its rendition has the same bytes as that of the first, the database, the list and the backup itself
    expect(added.filter((name) => name.startsWith('objects/'))).toHaveLength(3)
    expect(added).toHaveLength(4)

    expect(await restore(at('backups'), 'new', env)).toMatchObject({ status: 0, err: '', body: { files: 2 } })
    expect([original('new', first), original('new', second)]).toEqual([
      original('data', first),
      original('data', second),
    ])
    expect(existsSync(at('new/media', String(gone)))).toBe(false)
    expect(readFileSync(at('new/secrets.json'), 'utf8')).toBe(readFileSync(at('data/secrets.json'), 'utf8'))
    expect((await run(['audit', '--data', at('new')])).status).toBe(0)

    if (how === 'encrypted') {
      const wrong = await restore(at('backups'), 'a', { PINHOLE_BACKUP_PASSPHRASE: 'another passphrase' })
      expect(wrong).toMatchObject({ status: 1, err: expect.stringContaining('is not the passphrase') })
      expect(await restore(at('backups'), 'a')).toMatchObject({
        status: 1,
        err: expect.stringContaining('are encrypted'),
      })
      expect(await backUp()).toMatchObject({ status: 1, err: expect.stringContaining('are encrypted') })
    }
    for (const name of filesIn(at('backups')).keys()) expect(statSync(at('backups', name)).mode & 0o077).toBe(0)
    const all = Buffer.concat([...filesIn(at('backups')).keys()].map((name) => readFileSync(at('backups', name))))
    expect(all.includes('long enough to be found')).toBe(how === 'plain')
    expect([...filesIn(at('backups')).keys()].some((name) => name.includes(community.sha256Of(first)))).toBe(
      how === 'plain',
    )
  })

test('no other community and nothing else gets into a place with backups', async () => {
  await community.upload('a photo')
  expect((await backUp()).status).toBe(0)
  const other = await communityIn(at('other'))
  other.store.close()
  const stranger = await run(['backup', at('backups'), '--data', at('other')])
  expect(stranger).toMatchObject({ status: 1, err: expect.stringContaining('another community') })
  writeFileSync(at('other', 'notes.txt'), 'mine')
  const elsewhere = await run(['backup', at('other'), '--data', at('data')])
  expect(elsewhere).toMatchObject({ status: 1, err: expect.stringContaining('holds something else') })
  expect(await backUp(at('none/'))).toMatchObject({ status: 1, err: expect.stringContaining('There is no folder') })
  expect(await backUp(undefined, PASSPHRASE)).toMatchObject({
    status: 1,
    err: expect.stringContaining('are not encrypted'),
  })
})

test('two first backups at the same moment share one key', async () => {
  const shelf = () => openShelf({ folder: at('backups') })
  const wanted = { passphrase: PASSPHRASE.PINHOLE_BACKUP_PASSPHRASE, community: 'ours', isExpected: false }
  const [one, other] = await Promise.all([openOrMake(shelf(), wanted), openOrMake(shelf(), wanted)])
  const { object } = await addObject(one, new Blob(['a photo']).stream())
  expect(await new Response(await readObject(other, object)).text()).toBe('a photo')
})

test('a place that has lost its backups is not begun anew by itself, since its disk may be missing', async () => {
  await community.upload('a photo')
  expect((await backUp()).status).toBe(0)
  rmSync(at('backups'), { recursive: true })
  mkdirSync(at('backups'))
  expect(await backUp()).toMatchObject({ status: 1, err: expect.stringContaining('no longer in') })
  expect(readdirSync(at('backups'))).toEqual([])
})

test('damage is found, reported by the proof, and repaired by the next backup', async () => {
  const photo = await community.upload('a photo that will rot')
  expect((await backUp()).status).toBe(0)
  const sum = community.sha256Of(photo)
  const object = at('backups/objects', sum.slice(0, 2), sum)
  writeFileSync(object, 'a photo that has rot!')
  const prove = (...more: string[]) => run(['backups', at('backups'), '--prove', '--data', at('data'), ...more])
  expect(await restore(at('backups'), 'a')).toMatchObject({ status: 1, err: expect.stringContaining('is damaged') })
  expect(await prove('--all')).toMatchObject({ status: 1, body: { ok: false, faults: [expect.stringContaining(sum)] } })
  expect(readFileSync(at('backups/damaged', sum), 'utf8')).toBe('a photo that has rot!')
  expect(await prove()).toMatchObject({ status: 1, body: { faults: [expect.stringContaining('original is missing')] } })
  expect(await backUp()).toMatchObject({ status: 0 })
  expect(await prove('--all')).toMatchObject({ status: 0, body: { ok: true, faults: [], files: 1 } })
  expect((await run(['backups', at('backups')])).body).toHaveLength(1) // both are of the same day
  expect(await restore(at('backups'), 'b')).toMatchObject({ status: 0 })
})

test('old backups go with what only they contain, and a day can be chosen', async () => {
  const [kept, gone] = [await community.upload('kept'), await community.upload('gone')]
  const objects = [kept, gone]
    .map((id) => community.sha256Of(id))
    .map((sum) => at('backups/objects', sum.slice(0, 2), sum))
  expect((await backUp()).status).toBe(0)
  const [name = ''] = readdirSync(at('backups/snapshots'))
  const rename = (day: string) => {
    const path = at('backups/snapshots', name)
    writeFileSync(at('backups/snapshots', nameOfTime(`${day}T03:00:00.000Z`)), readFileSync(path))
  }
  for (const day of ['2026-01-01', '2026-01-02', '2026-01-03']) rename(day)
  rmSync(at('backups/snapshots', name))
  await community.remove(gone)
  const keep = { PINHOLE_BACKUP_KEEP: '3d' }
  expect(await backUp(undefined, keep)).toMatchObject({ status: 0, body: { kept: 3, files: 1 } })
  expect(objects.map((path) => existsSync(path))).toEqual([true, true])
  expect(await run(['restore', at('backups'), '--at', '2026-01-02', '--data', at('old')])).toMatchObject({ status: 0 })
  expect(original('old', gone)).toBe('gone')
  expect(await run(['restore', at('backups'), '--at', '2026-01-01', '--data', at('older')])).toMatchObject({
    status: 1,
    err: expect.stringContaining('There is no backup up to 2026-01-01'),
  })
  expect(await backUp(undefined, { PINHOLE_BACKUP_KEEP: '1d' })).toMatchObject({ status: 0, body: { kept: 1 } })
  expect(objects.map((path) => existsSync(path))).toEqual([true, false])
  expect(await restore(at('backups'), 'new')).toMatchObject({ status: 0 })
  expect(original('new', kept)).toBe('kept')
})

test('backups go to a bucket and come back from it', async () => {
  const photo = await community.upload('in the bucket')
  const place = s3.url.replace('/community', '/backups')
  expect(await backUp(place)).toMatchObject({ status: 0, body: { files: 1, newObjects: 5 } })
  expect(await backUp(place)).toMatchObject({ status: 0, body: { newObjects: 2 } })
  expect((await run(['backups', place, '--prove', '--all'])).body).toMatchObject({ ok: true })
  expect(await restore(place, 'new')).toMatchObject({ status: 0, err: '' })
  expect(original('new', photo)).toBe('in the bucket')
  const key = new URL(place).password
  await s3.leave()
  const away = await backUp(place)
  expect(away.err).not.toContain(`:${key}@`)
  expect(away).toMatchObject({ status: 1, err: expect.stringContaining('does not answer') })
  await s3.comeBack()
})

test('neither a crash nor a full disk leaves a backup that looks complete', async () => {
  const photo = await community.upload('large')
  const path = at('data/media', String(photo), 'original')
  truncateSync(path, 300e6)
  mkdirSync(at('small'))
  const isMounted = Bun.spawnSync(['mount', '-t', 'tmpfs', '-o', 'size=20m', 'pinhole-test', at('small')], {
    stderr: 'ignore',
  }).success
  try {
    if (isMounted) {
      expect(await backUp(at('small'))).toMatchObject({ status: 1, err: expect.stringContaining('has no room left') })
      expect([...filesIn(at('small')).keys()].filter((name) => /snapshots|drafts|running/.test(name))).toEqual([])
    }
  } finally {
    if (isMounted) Bun.spawnSync(['umount', '-l', at('small')])
  }
  const hasDrafts = () => readdirSync(at('backups')).some((name) => name.startsWith('drafts-'))
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const child = spawnPinhole(['backup', at('backups'), '--data', at('data')])
    while (!hasDrafts()) await Bun.sleep(1)
    child.kill(signal)
    await child.exited
    expect(existsSync(at('backups/snapshots'))).toBe(false)
    expect(hasDrafts()).toBe(signal === 'SIGKILL')
  }
  truncateSync(path, 1000)
  expect(await backUp()).toMatchObject({ status: 0, body: { changed: [photo], kept: 1 } })
})

test('a backup is listed for the staff, and a damaged database is not backed up', async () => {
  await community.upload('a photo')
  expect((await backUp()).status).toBe(0)
  const books = new Database(at('data/pinhole.sqlite'))
  expect(books.query('select place, error, files from backups').all()).toEqual([
    { place: at('backups'), error: null, files: 1 },
  ])
  books.run('pragma foreign_keys = off')
  books.run('insert into follows (follower_id, followee_id, created_at) values (1, 999, 0)')
  books.close()
  expect(await backUp()).toMatchObject({ status: 1, err: expect.stringContaining('database is damaged') })
  expect(readdirSync(at('backups/snapshots'))).toHaveLength(1)
})

test('the newest backup of each of the last days, weeks and months is kept', () => {
  const day = (n: number, hour = 3) => nameOfTime(new Date(Date.UTC(2026, 0, n, hour)).toISOString())
  const names = Array.from({ length: 400 }, (_, i) => [day(i, 3), day(i, 15)])
    .flat()
    .sort()
    .reverse()
  const kept = [...toKeep(names, parseKeep('3d,2w,2m')!)].sort().reverse()
  // 3 February 2027 is a Wednesday
  expect(names[0]).toBe('2027-02-03T15-00-00-000Z')
  expect(kept.map((name) => name.slice(0, 13))).toEqual([
    '2027-02-03T15',
    '2027-02-02T15',
    '2027-02-01T15',
    '2027-01-31T15',
  ])
  expect([...toKeep(names.slice(0, 1), parseKeep('1m')!)]).toEqual(names.slice(0, 1))
  for (const text of ['', '7', 'd', '0d', '7d,', '7x', '-1d']) expect(parseKeep(text)).toBeUndefined()
  expect(parseKeep(' 7d, 2y')).toEqual({ days: 7, weeks: 0, months: 0, years: 2 })
})
