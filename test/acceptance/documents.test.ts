import { expect, test } from 'bun:test'
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { isRoot } from '../../src/owner'
import { photo } from '../photos'
import { blocks } from './documented'
import { type Machine, newMachine } from './machine'
import { password, type Script, scriptOf, setUp, signIn } from './script'

const LATER_BACKUP = 'backups/pinhole-move.tar'

/** Runs every block under the heading, and fails with what the commands said. */
function follow(machine: Machine, heading: string) {
  const scripts = blocks(heading, 'sh')
  expect([heading, scripts.length > 0]).toEqual([heading, true])
  for (const script of scripts) expect({ script, ...machine.run(script) }).toMatchObject({ script, status: 0, err: '' })
}

async function post(script: Script, caption: string): Promise<number> {
  const file = await script.upload(await photo({ width: 300, height: 200 }).jpeg().toBuffer(), 'a.jpg')
  const { id } = await script.ask('POST /posts', { caption, fileIds: [file] })
  await script.published(id)
  return id
}

const freePort = () => {
  using server = Bun.serve({ port: 0, fetch: () => new Response() })
  return server.port!
}

/** Files in the data folder of the service that are not the service's. */
function foreignFiles(machine: Machine): string[] {
  const dir = machine.at('var/lib/private/pinhole')
  const { uid } = statSync(dir)
  expect(uid).not.toBe(0)
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(
    (name) => statSync(`${dir}/${name}`).uid !== uid,
  )
}

test.if(isRoot() && process.platform === 'linux')(
  'the commands of docs/running.md back up, restore, update and move a service as they are written',
  async () => {
    using machine = newMachine(freePort())
    expect(machine.run('systemctl start pinhole')).toMatchObject({ status: 0, err: '' })
    const boss = await setUp(await machine.started())
    const first = await post(boss, 'before the backup')

    follow(machine, 'By hand')
    expect(readdirSync(machine.at('backups/pinhole/snapshots'))).toHaveLength(1) // that of the start was of the same day
    follow(machine, 'Try a backup')
    expect(existsSync(machine.at('tmp/pinhole-trial'))).toBe(false)
    follow(machine, 'Commands')
    follow(machine, 'A new key')
    await machine.started()
    const second = await post(await signIn(`http://127.0.0.1:${machine.port}`, 'boss'), 'after the backup')
    follow(machine, 'Updates')
    await machine.started()
    expect(foreignFiles(machine)).toEqual([])

    follow(machine, 'Restore a backup')
    const { address } = await machine.started()
    const restored = await signIn(address, 'boss')
    expect((await restored.call(`GET /posts/${first}`)).status).toBe(200)
    expect((await restored.call(`GET /posts/${second}`)).status).toBe(404)
    await post(restored, 'after the restore')
    expect(foreignFiles(machine)).toEqual([])

    const [leave, arrive, ...others] = blocks('Move to another machine', 'sh')
    expect(others).toEqual([])
    expect(machine.run(leave!)).toMatchObject({ status: 0, err: '' })
    using other = newMachine(freePort())
    copyFileSync(machine.at(LATER_BACKUP), other.at(LATER_BACKUP))
    expect(other.run(arrive!)).toMatchObject({ status: 0, err: '' })
    const moved = await other.started()
    expect(moved.setupUrl).toBeNull()
    const arrived = await scriptOf(moved.address).ask('POST /sessions', { handle: 'boss', password })
    const person = scriptOf(moved.address, arrived.token)
    expect((await person.ask('GET /posts')).items).toHaveLength(2)
    await post(person, 'on the new machine')
    expect(foreignFiles(other)).toEqual([])
  },
)

test.if(isRoot() && process.platform === 'linux')(
  'the machine of this test refuses what systemd refuses: a folder in the place of the link',
  () => {
    using machine = newMachine(freePort())
    for (const name of ['var/lib/private/pinhole', 'var/lib/pinhole']) mkdirSync(machine.at(name), { recursive: true })
    const { status, err } = machine.run('systemctl start pinhole')
    expect({ status, err }).toEqual({ status: 1, err: expect.stringContaining('STATE_DIRECTORY') })
  },
)
