import { expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { KINDS } from '../../src/leaktest/people'
import type { Row } from '../../src/leaktest/report'
import { partOf, runsAll } from '../part'
import { onPostgres } from '../postgres/databases'
import { pinhole } from '../process'
import { community } from './community'
import { runLeaktest } from './run-leaktest'

const tried = (rows: Row[], door: string) =>
  Object.keys(rows.find((row) => row.door === door) ?? {}).filter((name) => name !== 'door')
const everybody: string[] = [...KINDS]

/** Where the database decides: first where it does so in a way of its own. Links and paths ask it nothing. */
const ASKING = ['searches', 'doors'] as const

test.skipIf(!onPostgres)('on PostgreSQL, no page, list or search gives anybody what is not for them', async () => {
  using c = await community()
  const { ok, leaks, shut, tooEmpty } = await runLeaktest(c.dir, {}, {}, partOf(ASKING, 2))
  expect({ ok, leaks, shut, tooEmpty }).toEqual({ ok: true, leaks: [], shut: [], tooEmpty: false })
})

test.skipIf(onPostgres)('in a community for members only, nobody gets a byte that is not for them', async () => {
  using c = await community()
  const { ok, leaks, shut, doors, files, locked, access } = await runLeaktest(c.dir)
  expect({ ok, leaks, shut, access }).toEqual({ ok: true, leaks: [], shut: [], access: 'members' })
  expect([files, locked]).toEqual([22, 22])
  for (const door of ['/', '/api/posts', '/api/files/:id/original', '/api/library/:id'])
    expect([door, tried(doors, door).sort()]).toEqual([door, [...everybody].sort()])
  expect(tried(doors, 'tricks with the path')).toEqual(
    expect.arrayContaining(everybody.filter((kind) => kind !== 'owner')),
  )
  expect(tried(doors, 'a link for anyone').sort()).toEqual(['guest', 'lapsed', 'nobody', 'suspended'])
  expect(tried(doors, 'a link from before they lost access').sort()).toEqual([
    'blocked',
    'blocker',
    'lapsed',
    'refunded',
    'suspended',
    'unconfirmed',
    'unfollowed',
  ])
  expect(tried(doors, 'another class').sort()).toEqual(everybody.filter((kind) => kind !== 'owner').sort())
  expect(tried(doors, 'webhooks')).toEqual(expect.arrayContaining(['blocked', 'stranger', 'buyer']))
  expect(tried(doors, 'apps without the scope').sort()).toEqual(['buyer', 'moderator', 'owner'])
  for (const door of [
    'their own link',
    'an expired link',
    'an ended session',
    'a request from before their session ended',
  ])
    expect(tried(doors, door)).toContain('owner')
})

/** The community is open in this process, which has no socket that tells commands its settings. */
const ALONE =
  'pinhole: No server is running, so the test uses the settings of this command instead of those of the server.\n'

const env = { PINHOLE_ACCESS: 'public' }

// The command works on a copy in SQLite, whatever the community is on.
test.skipIf(onPostgres || !runsAll)(
  'the command agrees for a public community that is in use, and changes nothing',
  async () => {
    using c = await community(env)
    const before = contents(c.dir)
    const { status, out, err } = await pinhole(['leaktest', '--data', c.dir, '--json', '--files', '8'], { env })
    const report = JSON.parse(out)
    expect({ status, err, leaks: report.leaks, shut: report.shut, tooEmpty: report.tooEmpty }).toEqual({
      status: 0,
      err: ALONE,
      leaks: [],
      shut: [],
      tooEmpty: false,
    })
    expect([report.access, report.files, report.stored, tried(report.doors, 'their own preview')[0]]).toEqual([
      'public',
      8,
      22,
      'nobody',
    ])
    expect(contents(c.dir)).toEqual(before)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('pinhole-leaktest-'))).toEqual([])
  },
)

test.skipIf(onPostgres)('the command finds previews that show too much', async () => {
  using c = await community(env)
  const large = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'red' } })
    .webp()
    .toBuffer()
  await Bun.write(join(c.dir, 'media', String(c.paid.files[0].id), 'preview/blurred.webp'), large)
  const tiny = join(c.dir, 'media', String(c.both.files[0].id)) // a picture that is as small as its preview
  const small = await sharp(join(tiny, 'full/full.webp')).resize(32).webp({ quality: 90 }).toBuffer()
  await Bun.write(join(tiny, 'full/thumb.webp'), small)
  const leaky = await pinhole(['leaktest', '--data', c.dir, '--files', '9', '--verbose'], { env })
  expect(leaky).toMatchObject({ status: 1, err: ALONE })
  expect(leaky.out).toContain(
    `LEAK  their own preview, as nobody: file ${c.paid.files[0].id}: preview/blurred.webp is 64 × 48 pixels`,
  )
  expect(leaky.out).toContain(`file ${c.both.files[0].id}: preview/blurred.webp is as large as the picture itself`)
  expect(leaky.out).toMatch(/^their own preview +LEAK \d/m)
  expect(leaky.out).toContain('Somebody got files that they must not get. (9 of 22 stored files')
  expect(await pinhole(['leaktest', '--data', join(c.dir, 'nowhere')])).toMatchObject({
    status: 1,
    err: expect.stringContaining('it contains no database'),
  })
})

/** Every file below the folder with the hash of its bytes, except SQLite's shared memory. */
const contents = (dir: string) =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('-shm') && existsSync(join(dir, name)) && statSync(join(dir, name)).isFile())
    .sort()
    .map((name) => [name, Bun.hash(readFileSync(join(dir, name))).toString(36)])
