import { expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { noise } from '../photos'
import { startS3 } from '../s3'
import { until } from '../until'
import { emptyFolder, type Place } from './executable'
import { password, setUp } from './script'

const root = join(import.meta.dir, '../..')

async function uploadInEveryWay(place: Place, env: Record<string, string>) {
  const server = await place.serve({ env: { PINHOLE_MIN_FREE_MB: '1', ...env } })
  const boss = await setUp(server)
  const { token } = await boss.ask('POST /tokens', { name: 'Client', scopes: ['read', 'write'], password })
  const photos = [join(place.folder, 'a photo.jpg'), join(place.folder, 'another.jpg')]
  const bytes = await noise()
  for (const path of photos) await Bun.write(path, bytes)
  const source = await Bun.file(join(import.meta.dir, 'tus-ways.ts')).text()
  const client = Bun.spawn(['node', '--input-type=module', '-'], {
    cwd: root, // where Node looks for the package
    stdin: new Blob([new Bun.Transpiler({ loader: 'ts' }).transformSync(source)]),
    env: { PATH: process.env.PATH, ADDRESS: server.address, TOKEN: token, PHOTOS: JSON.stringify(photos) },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err] = await Promise.all([new Response(client.stdout).text(), new Response(client.stderr).text()])
  expect([await client.exited, err]).toEqual([0, ''])
  const ways: Record<string, { result: string | number; methods: string[] }> = JSON.parse(out)
  return { server, boss, bytes: new Uint8Array(bytes), ways }
}

/** Uploads in every way. `arrivals` lists the uploads that the server keeps. */
async function checkEveryWay(place: Place, env: Record<string, string>, arrivals: () => string[]) {
  const { server, boss, bytes, ways } = await uploadInEveryWay(place, env)
  const { terminated, 'with a wrong checksum': wrong, ...others } = ways
  expect([wrong!.result, terminated!.result]).toEqual([460, expect.stringContaining('/api/uploads/')])
  expect((await boss.fetch(new URL(String(terminated!.result)).pathname)).status).toBe(404)
  for (const [way, { result }] of Object.entries(others))
    for (const at of String(result).split(' ')) {
      const original = await boss.fetch(`${at}/original`)
      expect([way, original.status, new Uint8Array(await original.arrayBuffer())]).toEqual([way, 200, bytes])
    }
  const { items } = await boss.ask('GET /files?limit=100')
  expect(items).toHaveLength(Object.keys(others).length + 1) // several at once are two
  const parallel = await boss.ask(`GET ${String(ways.parallel!.result).replace('/api', '')}`)
  expect(parallel.name).toBe('a photo.jpg')
  expect(ways.overridden!.methods).toEqual(['POST'])
  // What is left is the upload whose bytes were refused, which its client may still send.
  await until('the bytes of the others were moved', () => new Set(arrivals()).size === 1)
  const offer = await fetch(`${server.address}/api/uploads`, { method: 'OPTIONS' })
  const extensions = offer.headers.get('tus-extension')!.split(',')
  expect(extensions).toEqual(expect.arrayContaining(['checksum', 'concatenation', 'creation-defer-length']))
  expect((await server.stop()).status).toBe(0)
}

test('tus-js-client on Node uploads in every way that it knows, to the data folder', async () => {
  await using place = await emptyFolder()
  const arrivals = () => readdirSync(join(place.folder, 'data/uploads')).map((name) => name.replace(/\.json$/, ''))
  await checkEveryWay(place, {}, arrivals)
})

test('tus-js-client on Node uploads in every way that it knows, to a bucket', async () => {
  await using s3 = await startS3()
  await using place = await emptyFolder()
  const objects = () => readdirSync(s3.directory, { recursive: true, encoding: 'utf8' })
  const arrivals = () => objects().flatMap((path) => /\/uploads\/([\w-]+)\/.*_object$/.exec(path)?.[1] ?? [])
  await checkEveryWay(place, { PINHOLE_S3_URL: s3.url }, arrivals)
})
