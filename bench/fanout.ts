import { Database } from 'bun:sqlite'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { desc } from 'drizzle-orm'
import { readConfig } from '../src/config'
import { type App, openApp } from '../src/context'
import { deliver } from '../src/inbox/jobs'
import type { Job } from '../src/jobs/kinds'
import { enqueue } from '../src/jobs/queue'
import { jobs } from '../src/jobs/table'
import type { Result } from './result'

const FOLLOWERS = 100_000
/** What everybody has in their inbox before: with empty ones every row would go to the end of a page. */
const EARLIER = 20

/** Copies for 100,000 followers against one bare `INSERT … SELECT` of the same rows. */
export async function fanout(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  try {
    mkdirSync(join(dir, 'media'))
    const app = await openApp(readConfig({ data: dir }, { PINHOLE_CROWD: String(FOLLOWERS * 10) }))
    using raw = new Database(join(dir, 'pinhole.sqlite'))
    raw.run('pragma synchronous = full')
    fill(raw)
    const ratios: [bare: number, ours: number][] = []
    for (let round = 0; round < 3; round++) ratios.push([bare(raw, post(raw)), await delivered(app, post(raw))])
    app.close()
    const [[bareRows, rows]] = ratios.sort(([a, b], [c, d]) => b / a - d / c).slice(1) as [[number, number]]
    return [
      {
        name: 'inbox rows',
        ratio: rows / bareRows,
        floor: 0.5,
        aim: 0.8,
        bound: `one bare insert, ${Math.round(bareRows)}/s: ${Math.round(rows)}/s`,
      },
    ]
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** Somebody whom 100,000 follow. */
export function fill(raw: Database) {
  const numbers = (n: number) => `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${n})`
  raw.run(`${numbers(FOLLOWERS + 1)} insert into users (id, handle, display_name, password_hash, followers, created_at)
    select i, 'user_' || i, '', '', iif(i = 1, ${FOLLOWERS}, 0), 0 from n`)
  raw.run('insert into follows (followee_id, follower_id, notify, created_at) select 1, id, 1, 0 from users where id > 1')
  for (let i = 0; i < EARLIER; i++) bare(raw, post(raw))
  raw.run('update inbox set read = 1')
}

let clock = 1
function post(raw: Database): number {
  const at = clock++
  raw.run(`insert into posts (author_id, caption, visibility, created_at, published_at) values (1, '', 'everyone', ${at}, ${at})`)
  return raw.query<{ id: number }, []>('select max(id) as id from posts').get()!.id
}

const perSecond = (start: number) => (FOLLOWERS / (performance.now() - start)) * 1000

function bare(raw: Database, postId: number): number {
  const start = performance.now()
  raw.run(`insert into inbox (user_id, at, post_id, read)
    select f.follower_id, p.published_at, p.id, p.published_at < f.created_at from posts p join follows f on f.followee_id = p.author_id where p.id = ${postId}`)
  return perSecond(start)
}

async function delivered(app: App, postId: number): Promise<number> {
  const payload = { postId, after: 0 }
  await app.write((tx) => enqueue(tx, 'inbox.deliver', payload, app.now()))
  const [job] = await app.db.select().from(jobs).orderBy(desc(jobs.id)).limit(1)
  const start = performance.now()
  await deliver.run(app, job as Job<'inbox.deliver'>, new AbortController().signal)
  return perSecond(start)
}
