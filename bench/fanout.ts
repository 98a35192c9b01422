import type { Database } from 'bun:sqlite'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import webPush from 'web-push'
import { readConfig } from '../src/config'
import type { App } from '../src/context'
import { handlers } from '../src/handlers'
import { runNext } from '../src/jobs/loop'
import { enqueue } from '../src/jobs/queue'
import { openApp } from '../src/open-app'
import { postTo } from '../src/push/request'
import { startPushService } from './push-service'
import type { Result } from './result'
import { addPost, copyBare, DEVICES, FOLLOWERS, fill, openBooks } from './star'

/**
 * Delivery of a post to 100,000 followers: inbox rows against one bare `INSERT … SELECT`, pushes against bare
 * encryption and one POST each.
 */
export async function fanout(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  const service = await startPushService()
  try {
    mkdirSync(join(dir, 'media'))
    const env = { PINHOLE_CROWD: String(FOLLOWERS * 10), PINHOLE_PUSH_ALLOW_PRIVATE: '1' }
    const app = await openApp(readConfig({ data: dir }, env))
    using books = openBooks(dir)
    fill(books, { pushService: service.origin })
    books.run('update push_subscriptions set public_key = ?', [app.push.publicKey])
    const results = [await copies(app, books), await pushes(app, books)]
    app.close()
    return results
  } finally {
    service.stop()
    rmSync(dir, { recursive: true })
  }
}

const since = (start: number) => (performance.now() - start) / 1000

/**
 * Runs both three times in turns and returns the pair with the median ratio. Each begins in a turn of its own, in which
 * the server reads nothing. Otherwise the bare statement would leave moving the log into the database to the next one.
 */
async function inTurns(
  bare: () => Promise<number>,
  ours: () => Promise<number>,
): Promise<[bare: number, ours: number]> {
  const rounds: [number, number][] = []
  const inOwnTurn = async (work: () => Promise<number>) => {
    await Bun.sleep(1)
    return work()
  }
  for (let round = 0; round < 3; round++) rounds.push([await inOwnTurn(bare), await inOwnTurn(ours)])
  return rounds.sort(([a, b], [c, d]) => b / a - d / c)[1]!
}

async function copies(app: App, books: Database): Promise<Result> {
  const [bare, ours] = await inTurns(
    async () => {
      const post = addPost(books)
      const start = performance.now()
      copyBare(books, post)
      return FOLLOWERS / since(start)
    },
    async () => {
      const payload = { postId: addPost(books), after: 0 }
      await app.write((tx) => enqueue(tx, 'inbox.deliver', payload, app.now()))
      const start = performance.now()
      await runNext(app, 'rest', { handlers })
      return FOLLOWERS / since(start)
    },
  )
  books.run("delete from jobs where kind = 'notifications.announce'")
  return {
    name: 'inbox rows',
    ratio: ours / bare,
    floor: 0.5,
    aim: 0.8,
    bound: `one bare INSERT, ${Math.round(bare)}/s: ${Math.round(ours)}/s`,
  }
}

async function pushes(app: App, books: Database): Promise<Result> {
  const [bare, ours] = await inTurns(
    async () => {
      const start = performance.now()
      const sent = await sendBare(books)
      return sent / since(start)
    },
    async () => {
      const payload = { postId: addPost(books), after: 0 }
      await app.write((tx) => enqueue(tx, 'notifications.announce', payload, app.now()))
      await runNext(app, 'rest', { handlers })
      const start = performance.now()
      await runNext(app, 'push', { handlers })
      return DEVICES / since(start)
    },
  )
  return {
    name: 'pushes',
    ratio: ours / bare,
    floor: 0.7,
    aim: 0.9,
    bound: `bare encryption and one POST each, ${Math.round(bare)}/s: ${Math.round(ours)}/s`,
  }
}

const SAMPLE = 3000
const AT_ONCE = 32

/** Sends pushes as concurrently as the server does, reusing one signature for all. */
async function sendBare(books: Database): Promise<number> {
  const devices = books
    .query<{ endpoint: string; p256dh: string; auth: string }, [number]>(
      'select endpoint, p256dh, auth from push_subscriptions limit ?',
    )
    .all(SAMPLE)
  const payload = JSON.stringify({ kind: 'post', title: 'user_1', body: 'A new post', url: '/posts/1', tag: 'post-1' })
  const send = async () => {
    for (let device = devices.pop(); device; device = devices.pop()) {
      const { endpoint, p256dh, auth } = device
      const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
        TTL: 60,
      })
      const answer = await postTo(new URL(endpoint), headers, body!, true)
      if (answer.kind !== 'answered' || answer.status !== 201)
        throw new Error(`The push service answered ${JSON.stringify(answer)}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, send))
  return SAMPLE
}
