import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { readConfig } from '../src/config'
import { copyToPostgres } from '../src/db/postgres/copy'
import { handlers } from '../src/handlers'
import { runNext } from '../src/jobs/loop'
import { enqueue } from '../src/jobs/queue'
import { openApp } from '../src/open-app'
import { startPostgres } from '../test/postgres/server'
import { bucket } from './bucket'
import { inTurns, together, warmUp } from './load'
import { makeNetwork, type Size } from './network'
import type { Result } from './result'
import { type Server, startPinhole } from './server'
import { addPost, FOLLOWERS, fill, openBooks } from './star'

/** Half a million rows in inboxes. */
const SIZE: Size = { people: 2000, posts: 10_000, followsEach: 100 }

const withPostgres = (url: string) => ({
  PINHOLE_DATABASE_URL: url,
  PINHOLE_SECRET: 'the secret of a benchmark, which is long',
})

/**
 * The same community on SQLite and on PostgreSQL, whose server is on this machine and waits for the disk as it does by
 * default; then two servers on PostgreSQL; and media from a bucket.
 */
export async function grow(): Promise<Result[]> {
  await using postgres = await startPostgres({ isSafe: true })
  const create = async (name: string) => {
    const client = new Client(postgres.url())
    await client.connect()
    await client.query(`create database ${name}`)
    await client.end()
    return postgres.url(name)
  }
  return [...(await requests(await create('network'))), await copies(await create('star')), ...(await bucket())]
}

/** Lists and writes over HTTP. */
async function requests(url: string): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  const [home, one, two] = ['home', 'one', 'two'].map((name) => join(dir, name)) as [string, string, string]
  try {
    const token = await makeNetwork(home, SIZE)
    await copyToPostgres(join(home, 'pinhole.sqlite'), url)
    await using alone = await startPinhole(home)
    // the first server on PostgreSQL brings the keys, so the token is valid on both
    mkdirSync(one)
    await Bun.write(join(one, 'secrets.json'), Bun.file(join(home, 'secrets.json')))
    await using first = await startPinhole(one, withPostgres(url))
    await using second = await startPinhole(two, withPostgres(url))
    const headers = { authorization: `Bearer ${token}` }
    const list = ({ origin }: Server) => ({ url: `${origin}/api/posts`, headers })
    const comment = ({ origin }: Server) => ({ url: origin, script: COMMENTS, headers })
    const results: Result[] = []
    for (const [what, target, floor] of [
      ['list, JSON', list, 0.5],
      ['comments', comment, undefined],
    ] as const) {
      const targets = [target(alone), target(first), target(second)] as const
      await warmUp(...targets)
      const [sqlite, postgres] = (await inTurns(targets[0], targets[1])) as [number, number]
      const both = await together(targets[1], targets[2])
      results.push(
        {
          name: `${what}: PostgreSQL`,
          ratio: postgres / sqlite,
          ...(floor && { floor }),
          bound: `SQLite, ${Math.round(sqlite)}/s: ${Math.round(postgres)}/s`,
        },
        {
          name: `${what}: two servers`,
          ratio: both / postgres,
          ...(floor && { floor: 1.6 }),
          bound: `one server, ${Math.round(postgres)}/s: ${Math.round(both)}/s`,
        },
      )
    }
    return results
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** Delivers a post to 100,000 inboxes, against one bare statement in the same database. */
async function copies(url: string): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  const client = new Client(url)
  try {
    mkdirSync(join(dir, 'media'))
    const env = { PINHOLE_CROWD: String(FOLLOWERS * 10) }
    ;(await openApp(readConfig({ data: dir }, env))).close()
    const posts: number[] = []
    {
      using books = openBooks(dir)
      fill(books, { pushService: 'https://push.invalid', phones: 10_000 })
      for (let i = 0; i < 6; i++) posts.push(addPost(books))
    }
    await copyToPostgres(join(dir, 'pinhole.sqlite'), url)
    await client.connect()
    const app = await openApp(readConfig({ data: dir }, { ...env, ...withPostgres(url) }))
    const perSecond = async (work: () => Promise<unknown>) => {
      const start = performance.now()
      await work()
      return (FOLLOWERS / (performance.now() - start)) * 1000
    }
    const rounds: [bare: number, ours: number][] = []
    for (let round = 0; round < 3; round++) {
      const [bare, delivered] = posts.splice(0, 2) as [number, number]
      await app.write((tx) => enqueue(tx, 'inbox.deliver', { postId: delivered, after: 0 }, app.now()))
      rounds.push([
        await perSecond(() => client.query(COPY, [bare])),
        await perSecond(() => runNext(app, 'rest', { handlers })),
      ])
      await client.query("delete from jobs where kind = 'notifications.announce'")
    }
    app.close()
    const [bare, ours] = rounds.sort(([a, b], [c, d]) => b / a - d / c)[1]!
    return {
      name: 'inbox rows on PostgreSQL',
      ratio: ours / bare,
      floor: 0.5,
      bound: `one bare INSERT, ${Math.round(bare)}/s: ${Math.round(ours)}/s`,
    }
  } finally {
    await client.end()
    rmSync(dir, { recursive: true })
  }
}

/** Every sixtieth post is free and for everyone. */
const COMMENTS = `request = function()
  local post = 60 * math.random(0, ${Math.floor(SIZE.posts / 60) - 1}) + 1
  wrk.headers["Content-Type"] = "application/json"
  return wrk.format("POST", "/api/posts/" .. post .. "/comments", nil, '{"text":"How beautiful the harbour is!"}')
end`

const COPY = `insert into inbox (user_id, at, post_id, read)
  select f.follower_id, p.published_at, p.id, p.published_at < f.created_at
  from posts p join follows f on f.followee_id = p.author_id where p.id = $1`
