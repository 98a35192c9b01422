import type { Database } from 'bun:sqlite'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config'
import { openApp } from '../src/open-app'
import { startSession } from '../src/sessions/model'
import { startPushService } from './push-service'
import type { Result } from './result'
import { FOLLOWERS, fill, openBooks } from './star'

const PHONES = 10_000
const RATE = 200
const IDLE_S = 5
/** Two publications take long enough to collect enough samples. */
const PUBLICATIONS = 2
const SPARE_MS = 30

/** Response times at 200 requests a second while a post is delivered to 100,000 followers and 10,000 phones. */
export async function calm(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  const service = await startPushService()
  try {
    mkdirSync(join(dir, 'media'))
    const env = {
      PINHOLE_DATA: dir,
      PINHOLE_CROWD: String(FOLLOWERS * 10),
      PINHOLE_PUSH_ALLOW_PRIVATE: '1',
      PINHOLE_RATE_LIMITS: 'off',
    }
    const app = await openApp(readConfig({}, env))
    using books = openBooks(dir)
    fill(books, { pushService: service.origin, phones: PHONES })
    books.run('update push_subscriptions set public_key = ?', [app.push.publicKey])
    const token = await app.sessionTokens.sign(await app.write((tx) => startSession(tx, 1, 'bench', app.now())))
    app.close()
    const server = Bun.spawn(['dist/pinhole', 'serve', '0', '--host', '127.0.0.1', '--json'], {
      env,
      stdout: 'pipe',
      stderr: 'inherit',
    })
    try {
      const { value } = await server.stdout.pipeThrough(new TextDecoderStream()).getReader().read()
      const { address } = JSON.parse(value!.split('\n')[0]!) as { address: string }
      return compare(...(await watch(books, { api: `${address}/api`, headers: { authorization: `Bearer ${token}` } })))
    } finally {
      server.kill()
      await server.exited
    }
  } finally {
    service.stop()
    rmSync(dir, { recursive: true })
  }
}

type Api = { api: string; headers: Record<string, string> }

async function watch(books: Database, to: Api): Promise<[idle: number[], busy: number[]]> {
  await ask(to, () => Bun.sleep(2000)) // warm-up
  const idle = await ask(to, () => Bun.sleep(IDLE_S * 1000))
  const busy: number[] = []
  for (let i = 0; i < PUBLICATIONS; i++) busy.push(...(await ask(to, () => publish(books, to))))
  return [idle, busy]
}

/**
 * Requests the posts of the main page at an even rate until `until` resolves, without waiting for earlier responses.
 * Returns the milliseconds that each request took.
 */
async function ask({ api, headers }: Api, until: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  const under: Promise<void>[] = []
  const start = performance.now()
  let over = false
  const done = until().finally(() => {
    over = true
  })
  while (!over) {
    const due = start + (under.length * 1000) / RATE
    if (due > performance.now()) await Bun.sleep(due - performance.now())
    const asked = Math.max(due, start)
    under.push(
      fetch(`${api}/posts`, { headers }).then(async (answer) => {
        await answer.arrayBuffer()
        if (!answer.ok) throw new Error(`GET /posts: ${answer.status}`)
        took.push(performance.now() - asked)
      }),
    )
  }
  await Promise.all([done, ...under])
  return took
}

/** Publishes a post and waits until the last phone has received its push. */
async function publish(books: Database, { api, headers }: Api): Promise<void> {
  const { id } = books
    .query<{ id: number }, []>(
      `insert into files (owner_id, name, type, kind, bytes, status, created_at)
       values (1, 'a', 'image/webp', 'image', 1, 'ready', 1) returning id`,
    )
    .get()!
  const body = JSON.stringify({ caption: 'new', visibility: 'everyone', fileIds: [id] })
  const answer = await fetch(`${api}/posts`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  })
  const post = (await answer.json()) as { id: number }
  if (!answer.ok) throw new Error(`POST /posts: ${answer.status} ${JSON.stringify(post)}`)
  const sent = books.query<{ sent: number }, [number]>(
    'select count(*) as sent from pushes where post_id = ? and done_at is not null',
  )
  while (sent.get(post.id)!.sent < PHONES) await Bun.sleep(100)
}

function compare(idle: number[], busy: number[]): Result[] {
  const at = (samples: number[], share: number) =>
    samples.toSorted((a, b) => a - b)[Math.floor(samples.length * share)]!
  const [idle50, busy50, idle99, busy99] = [at(idle, 0.5), at(busy, 0.5), at(idle, 0.99), at(busy, 0.99)]
  const ms = (value: number) => `${value.toFixed(1)} ms`
  return [
    {
      name: 'GET /api/posts during a delivery, p50',
      ratio: busy50 / idle50,
      atMost: 1.5,
      bound: `an idle server, ${ms(idle50)}: ${ms(busy50)} (${busy.length} requests)`,
    },
    {
      name: 'GET /api/posts during a delivery, p99',
      ratio: (busy99 - idle99) / SPARE_MS,
      atMost: 1,
      bound: `${SPARE_MS} ms more than an idle server, ${ms(idle99)}: ${ms(busy99)}`,
    },
  ]
}
