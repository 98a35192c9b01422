import { Database } from 'bun:sqlite'
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { createHash, randomBytes } from 'node:crypto'
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
import { PROGRAM, pinhole, spawnPinhole } from '../../test/process'
import { openStore, type Store } from '../db/open'
import { createFile, deleteFile } from '../files/model'
import { markReady } from '../files/processed'
import { files } from '../files/table'
import { readKeys } from '../keys'
import { sha256Of } from '../media/hash'
import { openFolder } from '../media/open-storage'
import { renditionFile } from '../media/renditions'
import { adopt } from '../uploads/adopt'
import { createUser } from '../users/model'

let dir: string
let store: Store
const at = (...names: string[]) => join(dir, ...names)
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  readKeys(at('data'))
  mkdirSync(at('data/uploads'))
  store = openStore(at('data/pinhole.sqlite'))
})
afterEach(() => {
  store.close()
  rmSync(dir, { recursive: true })
})

const stores = () => openFolder(at('data'))
const storage = () => stores().storage
const rendition = { type: 'image/webp', width: 1, height: 1, bytes: 4, sha256: sha256Of(Buffer.from('webp')) }
let uploads = 0

/** Stores a file like the server does after an upload, with its renditions. */
async function upload(ownerId: number, bytes: Buffer) {
  const uploadId = `upload${++uploads}`
  writeFileSync(at('data/uploads', uploadId), bytes)
  const draft = { uploadId, name: 'a.jpg', type: 'image/jpeg', kind: 'image' as const, bytes: bytes.length }
  const file = await store.write((tx) => createFile(tx, { id: ownerId }, draft, 1e12, new Date()))
  await adopt({ config: {} as never, arrivals: stores().arrivals }, file, '')
  for (const name of ['thumb', 'blurred'] as const) {
    writeFileSync(at('rendition'), 'webp')
    await storage().put(file.id, renditionFile(name), at('rendition'))
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const ready = {
    width: 1,
    height: 1,
    duration: null,
    placeholder: null,
    sha256,
    renditions: { thumb: rendition, blurred: rendition },
  }
  await store.write((tx) => markReady(tx, file.id, ready))
  return file.id
}

async function remove(id: number) {
  await store.write((tx) => deleteFile(tx, id, new Date()))
  await storage().delete(id)
}

const ann = () => store.write((tx) => createUser(tx, { handle: 'ann', passwordHash: '' }, new Date()))
const backUp = (name: string) => pinhole(['backup', at(name), '--data', at('data'), '--json'])
const restore = (name: string, to: string) => pinhole(['restore', at(name), '--data', at(to), '--json'])

test('a backup can be restored, is readable only by its owner, and overwrites nothing', async () => {
  const { id } = await ann()
  const file = await upload(id, Buffer.from('the original'))
  const gone = await upload(id, Buffer.from('deleted'))
  await remove(gone)
  writeFileSync(at('data/uploads/unfinished'), 'half')

  const { status, out } = await backUp('copy.tar')
  expect({ status, ...JSON.parse(out) }).toMatchObject({ status: 0, path: at('copy.tar'), files: 1, lost: [] })
  expect(statSync(at('copy.tar')).mode & 0o777).toBe(0o600)
  expect(readdirSync(dir).sort()).toEqual(['copy.tar', 'data'])
  expect(await backUp('copy.tar')).toMatchObject({ status: 1, err: expect.stringContaining('is not overwritten') })

  expect(await restore('copy.tar', 'new')).toMatchObject({ status: 0 })
  expect(readFileSync(at('new/media', String(file), 'original'), 'utf8')).toBe('the original')
  expect(readFileSync(at('new/secrets.json'), 'utf8')).toBe(readFileSync(at('data/secrets.json'), 'utf8'))
  expect(existsSync(at('new/media', String(gone)))).toBe(false)
  expect(existsSync(at('new/uploads'))).toBe(false)
  expect(readdirSync(at('new')).filter((name) => name.startsWith('restore'))).toEqual([])
  expect(statSync(at('new')).mode & 0o777).toBe(0o700)
  expect(await restore('copy.tar', 'new')).toMatchObject({ status: 1, err: expect.stringContaining('is not empty') })
})

test('backups during uploads and deletions are complete', async () => {
  const { id } = await ann()
  const alive: number[] = []
  for (let i = 0; i < 80; i++) alive.push(await upload(id, randomBytes(50_000)))
  let busy = true
  const traffic = (async () => {
    while (busy) {
      alive.push(await upload(id, randomBytes(50_000)))
      await remove(alive.splice(Math.floor(Math.random() * alive.length), 1)[0]!)
      await Bun.sleep(5) // leaves some of the disk to the backup
    }
  })()
  for (const name of ['1.tar', '2.tar', '3.tar']) expect(await backUp(name)).toMatchObject({ status: 0, err: '' })
  busy = false
  await traffic
  for (const name of ['1', '2', '3']) {
    const { status, err } = await restore(`${name}.tar`, name) // restoring compares every file with its checksum
    expect({ status, err }).toEqual({ status: 0, err: '' })
    const copy = openStore(at(name, 'pinhole.sqlite'))
    expect(await copy.db.$count(files)).toBeGreaterThan(70)
    copy.close()
  }
  const { status, out } = await pinhole(['doctor', '--data', at('3')])
  expect({ status, failed: out.split('\n').filter((line) => line.startsWith('fail')) }).toEqual({
    status: 0,
    failed: [],
  })
})

test('lost files are reported and do not prevent a backup of the rest', async () => {
  const { id } = await ann()
  const [kept, lost] = [await upload(id, Buffer.from('kept')), await upload(id, Buffer.from('lost'))]
  rmSync(at('data/media', String(lost), 'original'))
  const { status, err, out } = await backUp('copy.tar')
  expect({ status, err }).toMatchObject({ status: 0, err: expect.stringContaining(`files ${lost}`) })
  expect(JSON.parse(out).lost).toEqual([lost])
  expect((await restore('copy.tar', 'new')).status).toBe(0)
  expect(existsSync(at('new/media', String(kept), 'original'))).toBe(true)
})

test('restoring a truncated, changed or unrelated file leaves the folder empty', async () => {
  const { id } = await ann()
  await upload(id, randomBytes(100_000))
  await backUp('whole.tar')
  const whole = readFileSync(at('whole.tar'))
  const broken: Record<string, Buffer> = {
    'changed.tar': Buffer.from(whole),
    'other.tar': randomBytes(5000),
    'empty.tar': Buffer.alloc(0),
  }
  const original = whole.indexOf('/original')
  broken['changed.tar']![original + 50_000]! ^= 1
  for (const [name, bytes] of Object.entries(broken)) writeFileSync(at(name), bytes)
  writeFileSync(at('cut.tar'), whole)
  truncateSync(at('cut.tar'), whole.length - 3000)
  for (const name of ['cut.tar', ...Object.keys(broken)]) {
    const { status, err } = await restore(name, 'new')
    expect({ name, status, err }).toMatchObject({
      name,
      status: 1,
      err: expect.stringMatching(/cannot be restored|is damaged/),
    })
    expect(readdirSync(at('new')).filter((each) => !/^(lock.*|owner)$/.test(each))).toEqual([])
  }
  expect((await restore('whole.tar', 'new')).status).toBe(0)
  expect(await restore('none.tar', 'x')).toMatchObject({ status: 1, err: expect.stringContaining('There is no file') })
})

test('an interrupted backup leaves no files', async () => {
  const { id } = await ann()
  const file = await upload(id, Buffer.from('large'))
  truncateSync(at('data/media', String(file), 'original'), 400e6)
  const child = spawnPinhole(['backup', at('copy.tar'), '--data', at('data')])
  while (!readdirSync(dir).some((name) => name.endsWith('.part'))) await Bun.sleep(1)
  child.kill('SIGTERM')
  expect(await child.exited).toBe(1)
  expect(readdirSync(dir)).toEqual(['data'])
})

test('a backup is streamed to standard output, and other programs can carry it', async () => {
  const { id } = await ann()
  const file = await upload(id, Buffer.from('the original'))
  const child = spawnPinhole(['backup', '-', '--data', at('data')])
  const [bytes, err] = await Promise.all([new Response(child.stdout).bytes(), new Response(child.stderr).text()])
  expect([await child.exited, err]).toEqual([0, expect.stringContaining('Copied 1 files')])
  expect(readdirSync(dir)).toEqual(['data'])
  writeFileSync(at('carried.tar'), bytes)
  expect(await restore('carried.tar', 'new')).toMatchObject({ status: 0 })
  expect(readFileSync(at('new/media', String(file), 'original'), 'utf8')).toBe('the original')

  const command = `${PROGRAM.join(' ')} backup - --data ${at('data')} >${at('redirected.tar')}`
  expect(Bun.spawnSync(['bash', '-c', command]).exitCode).toBe(0)
  expect(await restore('redirected.tar', 'other')).toMatchObject({ status: 0 })
})

test('a stream that nobody reads to its end is a failure', async () => {
  const { id } = await ann()
  await upload(id, randomBytes(5_000_000))
  const command = `${PROGRAM.join(' ')} backup - --data ${at('data')} | head -c 1000 >/dev/null; exit $PIPESTATUS`
  const child = Bun.spawn(['bash', '-c', command], { stderr: 'pipe' })
  expect([await child.exited, await new Response(child.stderr).text()]).toEqual([1, expect.stringMatching(/pipe/i)])
})

test('a photo that has changed on the disk is named, and does not make the backup useless', async () => {
  const { id } = await ann()
  const [sound, rotten] = [await upload(id, Buffer.from('sound')), await upload(id, Buffer.from('sweet'))]
  writeFileSync(at('data/media', String(rotten), 'original'), 'sour!')
  const { status, err, out } = await backUp('copy.tar')
  expect({ status, err }).toMatchObject({ status: 0, err: expect.stringContaining(`files ${rotten}`) })
  expect(JSON.parse(out)).toMatchObject({ lost: [], changed: [rotten] })
  expect(await restore('copy.tar', 'new')).toMatchObject({ status: 0, err: '' })
  expect(readFileSync(at('new/media', String(sound), 'original'), 'utf8')).toBe('sound')
})

test('neither a full disk nor a crash leaves a part of a backup under its name', async () => {
  const { id } = await ann()
  const file = await upload(id, Buffer.from('large'))
  truncateSync(at('data/media', String(file), 'original'), 100e6) // more than the database says
  mkdirSync(at('small'))
  const isMounted = Bun.spawnSync(['mount', '-t', 'tmpfs', '-o', 'size=20m', 'pinhole-test', at('small')], {
    stderr: 'ignore',
  }).success
  try {
    if (isMounted) {
      const full = await backUp('small/copy.tar')
      expect(full).toMatchObject({ status: 1, err: expect.stringContaining('has no room left') })
      expect(readdirSync(at('small'))).toEqual([])
    }
  } finally {
    if (isMounted) Bun.spawnSync(['umount', '-l', at('small')])
  }
  const child = spawnPinhole(['backup', at('copy.tar'), '--data', at('data')])
  while (!readdirSync(dir).some((name) => name.endsWith('.part'))) await Bun.sleep(1)
  child.kill('SIGKILL')
  await child.exited
  expect(existsSync(at('copy.tar'))).toBe(false)
})

test('a damaged database is not copied as if it were sound', async () => {
  await ann()
  store.close()
  const books = new Database(at('data/pinhole.sqlite'))
  books.run('pragma foreign_keys = off')
  books.run('insert into follows (follower_id, followee_id, created_at) values (1, 999, 0)')
  books.close()
  expect(await backUp('copy.tar')).toMatchObject({ status: 1, err: expect.stringContaining('database is damaged') })
  expect(readdirSync(dir)).toEqual(['data'])
  store = openStore(at('data/pinhole.sqlite'))
})
