import { Database } from 'bun:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../src/app'
import { readConfig } from '../src/config'
import { openApp } from '../src/context'
import { openStore } from '../src/db/open'
import { handlers } from '../src/jobs/handlers'
import { LANES, type Lane } from '../src/jobs/kinds'
import { runNext } from '../src/jobs/loop'
import { startSession } from '../src/sessions/model'
import { createUser } from '../src/users/model'

type As = { token: string }
type Init = Omit<RequestInit, 'headers'> & { as?: As; headers?: Record<string, string>; json?: unknown; form?: Record<string, string> }

/** A whole product on a throw-away folder: a real database and a clock that stands until it is told to go on. */
export async function testApp() {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  const path = join(dir, 'pinhole.sqlite')
  let clock = +new Date('2026-01-01T00:00:00Z')
  const app = await openApp(readConfig({ data: dir }, {}), () => new Date(clock), openStore(path, { patienceMs: 500, pollMs: 20 }))
  const hono = createApp(app)
  return {
    app,
    pass: (ms: number) => void (clock += ms),
    /** Another process on the same file, as the command line is. */
    stranger: () => new Database(path),
    async request(
      path: string,
      { as, headers, json, form, ...init }: Init = {},
    ): Promise<Omit<Response, 'json'> & { json(): Promise<any> }> {
      return hono.request(path, {
        ...init,
        ...(json !== undefined && { body: JSON.stringify(json) }),
        ...(form && { body: new URLSearchParams(form) }),
        headers: {
          ...(as && { authorization: `Bearer ${as.token}` }),
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      })
    },
    async user(handle: string, passwordHash = '') {
      const user = await app.write((tx) => createUser(tx, { handle, passwordHash }, app.now()))
      const session = await app.write((tx) => startSession(tx, user.id, 'test', app.now()))
      return { ...user, sessionId: session.id, token: await app.sessionTokens.sign(session) }
    },
    /** Many followers at once; their ids follow the author's. */
    crowd(authorId: number, size: number) {
      using other = new Database(path)
      const numbers = `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${size}) select`
      other.run(`insert into users (handle, display_name, password_hash, created_at) ${numbers} 'fan' || i, '', '', 0 from n`)
      other.run(`insert into follows (followee_id, follower_id, created_at) select ${authorId}, id, 0 from users where handle like 'fan%'`)
    },
    async runJobs() {
      let ran = true
      while (ran) {
        ran = false
        for (const lane of Object.keys(LANES) as Lane[]) while (await runNext(app, lane, { handlers })) ran = true
      }
    },
    [Symbol.dispose]() {
      app.close()
      rmSync(dir, { recursive: true })
    },
  }
}
