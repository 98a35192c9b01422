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
import { compareRounds, inRounds } from './rounds'
import { addPost, copyBare, FOLLOWERS, fill, openBooks } from './star'

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
    fill(books, { pushService: service.origin, phones: PHONES })
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

/** Other load on the machine comes and goes, so there are many rounds of few pushes. */
const ROUNDS = 7
const PHONES = 2500

/**
 * Measures both in turns. Each begins in a turn of its own, in which the server reads nothing. Otherwise the bare
 * statement would leave moving the log into the database to the next one.
 */
async function compare(ours: () => Promise<number>, bare: () => Promise<number>) {
  const inOwnTurn = (work: () => Promise<number>) => async () => {
    await Bun.sleep(1)
    return work()
  }
  const [bound, speeds] = (await inRounds(ROUNDS, inOwnTurn(bare), inOwnTurn(ours))) as [number[], number[]]
  return compareRounds(speeds, bound)
}

async function copies(app: App, books: Database): Promise<Result> {
  const { ratio, ours, bound } = await compare(
    async () => {
      const payload = { postId: addPost(books), after: 0 }
      await app.write((tx) => enqueue(tx, 'inbox.deliver', payload, app.now()))
      const start = performance.now()
      await runNext(app, 'rest', { handlers })
      return FOLLOWERS / since(start)
    },
    async () => {
      const post = addPost(books)
      const start = performance.now()
      copyBare(books, post)
      return FOLLOWERS / since(start)
    },
  )
  books.run("delete from jobs where kind = 'notifications.announce'")
  return { name: 'inbox rows', ratio, floor: 0.5, aim: 0.8, bound: `one bare INSERT, ${bound}/s: ${ours}/s` }
}

async function pushes(app: App, books: Database): Promise<Result> {
  const { ratio, ours, bound } = await compare(
    async () => {
      const payload = { postId: addPost(books), after: 0 }
      await app.write((tx) => enqueue(tx, 'notifications.announce', payload, app.now()))
      await runNext(app, 'rest', { handlers })
      const start = performance.now()
      await runNext(app, 'push', { handlers })
      return PHONES / since(start)
    },
    async () => {
      const start = performance.now()
      await sendBare(app, books)
      return PHONES / since(start)
    },
  )
  return {
    name: 'pushes',
    ratio,
    floor: 0.7,
    aim: 0.9,
    bound: `bare encryption and one POST each, ${bound}/s: ${ours}/s`,
  }
}

const AT_ONCE = 32

/** Sends a push to each device, as concurrently as the server does, with one signature for all, as services demand. */
async function sendBare({ push }: App, books: Database): Promise<void> {
  const devices = books
    .query<{ endpoint: string; p256dh: string; auth: string }, []>(
      'select endpoint, p256dh, auth from push_subscriptions',
    )
    .all()
  const payload = JSON.stringify({ kind: 'post', title: 'user_1', body: 'A new post', url: '/posts/1', tag: 'post-1' })
  const send = async () => {
    for (let device = devices.pop(); device; device = devices.pop()) {
      const { endpoint, p256dh, auth } = device
      const url = new URL(endpoint)
      const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
        TTL: 60,
      })
      const authorization = await push.vapid.authorization(url.origin)
      const answer = await postTo(url, { ...headers, authorization }, body!, true)
      if (answer.kind !== 'answered' || answer.status !== 201)
        throw new Error(`The push service answered ${JSON.stringify(answer)}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, send))
}
