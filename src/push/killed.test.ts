import { expect, test } from 'bun:test'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onPostgres } from '../../test/postgres/databases'
import { servePinhole } from '../../test/process'
import { pushApp } from '../../test/push-app'

const DEVICES = 150

// On PostgreSQL, where other servers may live, the job of a killed server waits until its lease has ended.
test.skipIf(onPostgres)(
  'when the server is killed again and again, every device still gets the push and shows it once',
  async () => {
    await using t = await pushApp({ delayMs: 40 })
    t.pass(Date.now() - +t.app.now())
    const eve = await t.user('eve') // Signed in now, by the clock of the servers below.
    t.addFollowers(eve.id, 600)
    const devices = await Promise.all(Array.from({ length: DEVICES }, () => t.service.device(t.key)))
    {
      using other = t.openDatabase()
      other.run('insert into push_origins (origin) values (?)', [t.service.url])
      const fans = other.query<{ id: number }, []>(`select id from users where handle like 'fan%' order by id`).all()
      const insert = other.query(`insert into push_subscriptions
        (user_id, origin_id, endpoint, p256dh, auth, public_key, locale, name, created_at)
      values (?, 1, ?, ?, ?, ?, 'en', 'x', 0)`)
      for (const [at, { endpoint, keys }] of devices.entries())
        insert.run(fans[at * 4]!.id, endpoint, keys.p256dh, keys.auth, t.key)
    }
    const post = await t.post(eve)
    const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
    try {
      cpSync(t.dir, dir, { recursive: true })
      const got = () => devices.filter(({ waiting }) => waiting.size).length
      for (const enough of [20, 60, 110, DEVICES]) {
        await using server = await servePinhole(dir, { env: { PINHOLE_PUSH_ALLOW_PRIVATE: '1' } })
        while (got() < enough) await Bun.sleep(5)
        if (enough === DEVICES) await Bun.sleep(200) // Nothing may arrive after the last push.
        await server.stop('SIGKILL')
      }
    } finally {
      rmSync(dir, { recursive: true })
    }
    expect(devices.map(({ waiting }) => [...waiting.values()].map(({ payload }) => payload.tag))).toEqual(
      devices.map(() => [`post-${post.id}`]),
    )
    expect(new Set(devices.flatMap(({ waiting }) => [...waiting.keys()])).size).toBe(DEVICES)
    const repeats = devices.reduce((sum, { got }) => sum + got.length - 1, 0)
    // The pushes in flight, returned or being recorded at each kill.
    expect(repeats).toBeLessThanOrEqual(3 * (32 + 2 * 48))
    expect(t.service.faults).toEqual([])
  },
)
