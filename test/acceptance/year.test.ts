import { expect, test } from 'bun:test'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startAcme } from '../acme'
import { photo } from '../photos'
import { until } from '../until'
import { emptyFolder, type Place } from './executable'
import { password, type Script, scriptOf, setUp, signIn } from './script'

const HOST = 'photos.example.org'
const OLD = join(import.meta.dir, '../data')

const freePort = () => {
  using server = Bun.serve({ port: 0, fetch: () => new Response() })
  return server.port!
}

async function post(script: Script, caption: string): Promise<number> {
  const file = await script.upload(await photo({ width: 300, height: 200 }).jpeg().toBuffer(), 'a.jpg')
  const { id } = await script.ask('POST /posts', { caption, fileIds: [file] })
  await script.published(id)
  return id
}

/** Runs a command that must succeed, and parses what it printed. */
async function run(place: Place, ...args: string[]) {
  const { status, out, err } = await place.run([...args, '--json'])
  expect({ args, status, err }).toEqual({ args, status: 0, err: '' })
  return JSON.parse(out)
}

test('a year of a host: install, certificate, members, backups, a full disk, upgrades, a move, and a member who leaves', async () => {
  await using place = await emptyFolder()
  const at = (name: string) => join(place.folder, name)
  mkdirSync(at('backups'))

  // On the first day the server gets its certificate by itself.
  const httpPort = freePort()
  using acme = await startAcme({ httpPort })
  const env = { PINHOLE_BACKUP: at('backups') }
  const certified = {
    ...env,
    PINHOLE_TLS: 'auto',
    PINHOLE_URL: `https://${HOST}`,
    PINHOLE_HTTP_PORT: String(httpPort),
    PINHOLE_ACME_URL: acme.directoryUrl,
  }
  {
    const server = await place.serve({ env: certified })
    const plain = await fetch(`http://127.0.0.1:${httpPort}/`, { redirect: 'manual' })
    expect([plain.status, plain.headers.get('location')]).toEqual([308, `https://${HOST}/`])
    expect(acme.state.issued).toBe(1)
    await server.stop()
  }

  // Members come, and the first backup is made at once.
  let server = await place.serve({ env })
  const boss = await setUp(server)
  const { token: invite } = await boss.ask('POST /invites', { uses: 2 })
  await scriptOf(server.address).ask('POST /users', { handle: 'ann', password, invite })
  const ann = await signIn(server.address, 'ann')
  const kept = await post(ann, 'before the full disk')
  await boss.ask('PUT /follows/ann')
  await until('the first backup is listed', async () => (await boss.ask('GET /admin/backups')).lastGoodAt)
  await run(place, 'backup', '--data', 'data')
  expect(readdirSync(at('backups/snapshots'))).toHaveLength(1) // that of the start was of the same day

  // The disk is full: nothing new is stored, and everything else goes on.
  await boss.ask('PATCH /admin/settings', { minFreeMb: 1_000_000_000 })
  const form = new FormData()
  form.append('file', new Blob([await photo({ width: 9, height: 9 }).jpeg().toBuffer()]), 'b.jpg')
  expect(await ann.call('POST /files', form)).toMatchObject({ status: 507, body: { code: 'storage_full' } })
  expect((await ann.ask('GET /posts')).items).toHaveLength(1)
  expect((await signIn(server.address, 'boss').then((again) => again.call('GET /admin'))).status).toBe(200)
  await boss.ask('PATCH /admin/settings', { minFreeMb: null })

  // Everything moves to a new machine.
  await run(place, 'backup', 'move.tar', '--data', 'data')
  await server.stop()
  await run(place, 'restore', 'move.tar', '--data', 'new')
  server = await place.serve({ data: 'new', env })
  const moved = await signIn(server.address, 'ann')
  expect(await moved.ask(`GET /posts/${kept}`)).toMatchObject({ caption: 'before the full disk' })

  // A member leaves with everything.
  const { id } = await moved.ask('POST /users/account/exports')
  const ready = await until('the zip is ready', async () => {
    const { body } = await moved.call(`GET /users/account/exports/${id}`)
    return body.status === 'ready' && body
  })
  const zip = await (await moved.fetch(ready.url)).bytes()
  expect([zip.length, Buffer.from(zip.slice(0, 2)).toString()]).toEqual([ready.bytes, 'PK'])
  await run(place, 'users', 'export', 'ann', 'ann.zip', '--data', 'new')
  await moved.ask('DELETE /users/account', { password })
  const again = await signIn(server.address, 'boss')
  expect((await again.call(`GET /posts/${kept}`)).status).toBe(200) // the staff see who is hidden
  await run(place, 'users', 'delete', 'ann', '--now', '--data', 'new')
  await until('the account is erased', async () => (await again.call('GET /users/ann')).status === 404)
  await until('its files are erased', () => readdirSync(at('new/media')).length === 0)
  expect((await run(place, 'audit', '--data', 'new')).ok).toBe(true)
  await server.stop()
})

test('the executable opens the data of every earlier version, and nothing in it is lost', async () => {
  await using place = await emptyFolder()
  for (const version of readdirSync(OLD).filter((name) => /^\d{4}$/.test(name))) {
    cpSync(join(OLD, version), join(place.folder, version), { recursive: true })
    const server = await place.serve({ data: version })
    expect([version, (await fetch(`${server.address}/readyz`)).status]).toEqual([version, 200])
    expect([version, (await server.stop()).status]).toEqual([version, 0])
    expect([version, (await run(place, 'audit', '--data', version)).ok]).toEqual([version, true])
  }
})
