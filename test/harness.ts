import { Database } from 'bun:sqlite'
import { expect } from 'bun:test'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { BunSQLiteDatabase } from 'drizzle-orm/bun-sqlite'
import type { Role } from '../shapes/users'
import { createApp } from '../src/app'
import { readConfig } from '../src/config'
import { openDatabase, type Place } from '../src/db/database'
import { openStore, type Tx } from '../src/db/open'
import type { Write } from '../src/db/write'
import { createFile } from '../src/files/model'
import { markReady } from '../src/files/processed'
import { handlers } from '../src/handlers'
import { LANES, type Lane } from '../src/jobs/kinds'
import { runNext } from '../src/jobs/loop'
import { sha256Of } from '../src/media/hash'
import { IMAGE_RENDITIONS, renditionFile } from '../src/media/renditions'
import { openApp } from '../src/open-app'
import { startSession } from '../src/sessions/model'
import { createUser } from '../src/users/model'
import { openBlocking, type TestDatabase } from './postgres/blocking'
import { databaseOf, dropDatabase, freshDatabase, keepDatabase, onPostgres, postgresEnv } from './postgres/databases'

export type As = { token: string }
type Init = Omit<RequestInit, 'headers'> & {
  /** The bearer token of an API client. Without it the request is anonymous. */
  as?: As | undefined
  /** A browser that sends this token in its cookie, from one of our own pages. */
  browser?: As | undefined
  headers?: Record<string, string>
  json?: unknown
  form?: Record<string, string> | [string, string][]
  /** The client's address. */
  from?: string
}

/** Any parsed JSON. Tests access its properties without checks. */
export type Json = ReturnType<typeof JSON.parse>
type Answer = Omit<Response, 'json'> & { json(): Promise<Json> }

export type TestApp = Awaited<ReturnType<typeof testApp>>
export type Somebody = Awaited<ReturnType<TestApp['user']>>

let tables: Uint8Array | undefined
/** A database with all tables and no rows. Copying it takes a fraction of the time of making the tables. */
function emptyDatabase(): Uint8Array {
  if (tables) return tables
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  const path = join(dir, 'pinhole.sqlite')
  openStore(path).close()
  tables = readFileSync(path)
  rmSync(dir, { recursive: true })
  return tables
}

/** The content of every rendition that `photo` creates. */
export const TINY = 'tiny bytes'

/** Whether each transaction runs twice, as it may in a batch in which another one fails. The first time is undone. */
export const writes = { twice: false }

const twice = (write: Write<Tx>): Write<Tx> => {
  const run = (tx: Tx, statement: string) => (tx as unknown as BunSQLiteDatabase).run(sql.raw(statement))
  return (fn, options) =>
    write(async (tx) => {
      await run(tx, 'savepoint first')
      await fn(tx).catch(() => {})
      await run(tx, 'rollback to first')
      await run(tx, 'release first')
      return fn(tx)
    }, options)
}

/**
 * The whole product on a temporary data folder (or on a copy of `from`), with a real database and a clock that only
 * `pass` moves. Several of them on one `postgresUrl` are the servers of one community.
 */
export async function testApp(env: Record<string, string> = {}, from?: string, postgresUrl?: string) {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  if (from) cpSync(from, dir, { recursive: true })
  const path = join(dir, 'pinhole.sqlite')
  let clock = +new Date('2026-01-01T00:00:00Z')
  let queries: string[] = []
  let builds: string[] = []
  const databaseUrl = postgresUrl ?? (onPostgres ? (from ? databaseOf(from) : await freshDatabase()) : undefined)
  if (databaseUrl) keepDatabase(dir, databaseUrl)
  else if (!from) writeFileSync(path, emptyDatabase())
  const place = { dataDir: dir, databaseUrl }
  const store = await openDatabase(place, {
    patienceMs: 500,
    pollMs: 20,
    onQuery: (sql) => void queries.push(sql),
    onPrepare: (sql) => void builds.push(sql),
  })
  const app = await openApp(
    readConfig({ data: dir }, { ...(databaseUrl && postgresEnv(databaseUrl)), ...env }),
    () => new Date(clock),
    writes.twice ? { ...store, write: twice(store.write) } : store,
  )
  let blocking: TestDatabase | undefined
  const openOther = (): TestDatabase => {
    if (!databaseUrl) return openBeside(place)
    blocking ??= openBeside(place)
    return { ...blocking, [Symbol.dispose]: () => {} } // one connection serves the whole test
  }
  const hono = createApp(app)

  async function request(
    path: string,
    { as, browser, headers, json, form, from = '192.0.2.1', ...init }: Init = {},
  ): Promise<Answer> {
    const all = {
      ...init,
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(form && { body: new URLSearchParams(form) }),
      headers: {
        ...(as && { authorization: `Bearer ${as.token}` }),
        ...(browser && { cookie: `session=${browser.token}`, 'sec-fetch-site': 'same-origin' }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    }
    // A request arrives in a turn of its own, and sees what others have stored before.
    await new Promise((turned) => setImmediate(turned))
    return hono.request(path, all, { address: from })
  }

  /** Calls the API, as in `api(ann, 'PUT /follows/bob', {…})`, and parses the response body. */
  async function api(as: As | null, call: string, json?: unknown, headers?: Record<string, string>) {
    const [method = '', path] = call.split(' ')
    const answer = await request(`/api${path}`, {
      method,
      ...(as && { as }),
      ...(json !== undefined && { json }),
      ...(headers && { headers }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined }
  }

  /** Creates a ready photo without the media worker. Every rendition contains the same few bytes. */
  async function photo({ id }: { id: number }): Promise<number> {
    const draft = { uploadId: null, name: 'a.jpg', type: 'image/jpeg', kind: 'image' as const, bytes: TINY.length }
    const file = await app.write((tx) => createFile(tx, { id }, draft, 1e9, app.now()))
    const one = { type: 'image/webp', width: 1, height: 1, bytes: TINY.length, sha256: sha256Of(Buffer.from(TINY)) }
    const renditions = Object.fromEntries(IMAGE_RENDITIONS.map((name) => [name, one]))
    for (const folder of ['full', 'preview'])
      await mkdir(join(dir, 'media', String(file.id), folder), { recursive: true })
    for (const name of ['original', ...IMAGE_RENDITIONS.map(renditionFile)])
      await Bun.write(join(dir, 'media', String(file.id), name), TINY)
    const ready = {
      width: 1,
      height: 1,
      duration: null,
      placeholder: 'data:image/webp;base64,',
      sha256: '',
      renditions,
    }
    await app.write((tx) => markReady(tx, file.id, ready))
    return file.id
  }

  return {
    app,
    dir,
    /** Where the rows are, and the path of the SQLite database without PostgreSQL. */
    place,
    path,
    routes: hono.routes,
    request,
    api,
    photo,
    /** The SQL of every query made while this runs, in order. */
    async queriesOf(run: () => Promise<unknown>): Promise<string[]> {
      queries = []
      await run()
      return queries
    },
    /** The SQL of every query that is built while this runs. */
    async buildsOf(run: () => Promise<unknown>): Promise<string[]> {
      builds = []
      await run()
      return builds
    },
    pass(ms: number) {
      clock += ms
    },
    /** Opens the database a second time, as a command line process does. */
    openDatabase: openOther,
    async user(handle: string, { password = '', role = 'member' as Role } = {}) {
      const passwordHash =
        password && (await Bun.password.hash(password, { algorithm: 'argon2id', memoryCost: 8, timeCost: 1 }))
      const user = await app.write((tx) => createUser(tx, { handle, passwordHash, role }, app.now()))
      const session = await app.write((tx) => startSession(tx, user.id, 'test', app.now()))
      return { ...user, sessionId: session.id, token: await app.sessionTokens.sign(session) }
    },
    /** Publishes a post with one small photo. It is not delivered until `runJobs`. */
    async post(as: As & { id: number }, draft: Record<string, unknown> = {}) {
      const { status, body } = await api(as, 'POST /posts', { ...draft, fileIds: draft.fileIds ?? [await photo(as)] })
      if (status !== 201) throw new Error(`The post was not published: ${status} ${JSON.stringify(body)}`)
      return body
    },
    /** Adds many followers at once. Their ids follow the author's id. */
    addFollowers(authorId: number, size: number) {
      using other = openOther()
      const numbers = `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${size}) select`
      other.run(
        `insert into users (handle, display_name, password_hash, created_at) ${numbers} 'fan' || i, '', '', 0 from n`,
      )
      other.run(
        `insert into follows (followee_id, follower_id, created_at)
         select ${authorId}, id, 0 from users where handle like 'fan%'`,
      )
    },
    async runJobs() {
      let ran = true
      while (ran) {
        ran = false
        for (const lane of Object.keys(LANES) as Lane[]) while (await runNext(app, lane, { handlers })) ran = true
      }
    },
    /**
     * Serves the app on a real socket, with everything that the web server adds. `hurry` divides the timeouts, and a
     * header named by `without` is left out of all responses.
     */
    listen: ({ hurry = 1, without }: { hurry?: number; without?: string } = {}) =>
      Bun.serve({
        port: 0,
        hostname: '127.0.0.1',
        maxRequestBodySize: 1024 ** 3,
        idleTimeout: 255,
        async fetch(request, server) {
          const answer = await hono.fetch(request, {
            address: '127.0.0.1',
            closeAfter: (seconds: number) => server.timeout(request, seconds / hurry),
          })
          if (without) answer.headers.delete(without)
          return answer
        },
      }),
    [Symbol.dispose]() {
      void app.mediaWorker.stop()
      app.close()
      blocking?.close()
      if (databaseUrl && !from && !postgresUrl) void dropDatabase(databaseUrl)
      rmSync(dir, { recursive: true })
    },
  }
}

/** Opens a database beside the program, as another process does. */
export const openBeside = ({ dataDir, databaseUrl }: Place): TestDatabase =>
  databaseUrl ? openBlocking(databaseUrl) : (new Database(join(dataDir, 'pinhole.sqlite')) as TestDatabase)

/** Matches the response of `api` to a refused request. */
export const problem = (status: number, code: string, more: object = {}) =>
  expect.objectContaining({
    status,
    body: expect.objectContaining({
      type: 'about:blank',
      title: expect.any(String),
      detail: expect.any(String),
      status,
      code,
      ...more,
    }),
  })
