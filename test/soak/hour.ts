import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { startPinhole } from '../../bench/server'
import { servePinhole } from '../process'
import { openShop, PASSWORD, signIn, stock } from './shop'

/** The number of people who use the community at once. */
const HANDS = 8
const POSTS = 2000
const PRICE = 3
/**
 * The memory rises until garbage is collected, and by 64 MB while a password is checked. So the least of the last quarter
 * of the time is compared with the least of the second, when caches are full. It may be this much higher.
 */
const MOST_GROWTH = 1.15
const SAMPLES = 200

type Options = { minutes: number; built?: boolean; tell?: (line: string) => void }

/**
 * Uses a community as members do, for as long as asked: reading, liking, commenting, buying, signing in, uploading
 * photos and listening for events. Returns the least resident memory of the server in MB after warming up and at the end.
 * Throws if a request fails, or if the memory has grown.
 */
export async function soakHour({ minutes, built = true, tell = () => {} }: Options) {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-soak-'))
  try {
    await openShop(
      dir,
      Array.from({ length: HANDS }, (_, i) => `hand${i}`),
    )
    const posts = stock(dir, POSTS, 0)
    const goods = stock(dir, POSTS, PRICE)
    const env = { PINHOLE_RATE_LIMITS: 'off' }
    await using server = built
      ? await startPinhole(dir)
      : await servePinhole(dir, { env }).then((serving) => Object.assign(serving, { origin: serving.address }))
    const end = performance.now() + minutes * 60_000
    const memory = watch(server.pid, end, tell)
    const photo = await sharp({ create: { width: 800, height: 600, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer()
    const boss = await open(server.origin, 'boss')
    for (let i = 0; i < HANDS; i++) await boss('POST', `/admin/users/hand${i}/grants`, { coins: 1_000_000 })
    const asked = await Promise.all(
      Array.from({ length: HANDS }, (_, i) => use(server.origin, `hand${i}`, { posts, goods, photo, end })),
    )
    const samples = await memory
    const quarter = Math.floor(samples.length / 4)
    const [warm, last] = [Math.min(...samples.slice(quarter, 2 * quarter)), Math.min(...samples.slice(-quarter))]
    if (minutes >= 10 && last > warm * MOST_GROWTH)
      throw new Error(`The memory grew from ${warm.toFixed(0)} MB to ${last.toFixed(0)} MB.`)
    return { minutes, requests: asked.reduce((a, b) => a + b, 0), warmMb: Math.round(warm), endMb: Math.round(last) }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

type Send = (method: string, path: string, body?: object) => Promise<Response>

/** Signs in, and returns a function that sends requests and throws if one fails. */
async function open(origin: string, handle: string): Promise<Send> {
  const token = await signIn(origin, handle)
  return async (method, path, body) => {
    const isForm = body instanceof FormData
    const headers = {
      authorization: `Bearer ${token}`,
      'accept-encoding': 'zstd',
      ...(body && !isForm && { 'content-type': 'application/json' }),
    }
    const url = `${origin}${path.startsWith('/page') ? path.slice('/page'.length) : `/api${path}`}`
    const answer = await fetch(url, { method, headers, ...(body && { body: isForm ? body : JSON.stringify(body) }) })
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    await answer.bytes()
    return answer
  }
}

type Things = { posts: number[]; goods: number[]; photo: Uint8Array<ArrayBuffer>; end: number }

/** One member's use of the community until `end`. Returns the number of requests. */
async function use(origin: string, handle: string, { posts, goods, photo, end }: Things): Promise<number> {
  const send = await open(origin, handle)
  const any = (ids: number[]) => ids[Math.floor(Math.random() * ids.length)]!
  const wanted = goods.values()
  const deeds: [weight: number, deed: () => Promise<unknown>][] = [
    [30, () => send('GET', '/page/')],
    [30, () => send('GET', '/posts')],
    [10, () => send('GET', '/inbox')],
    [10, () => send('GET', `/page/posts/${any(posts)}`)],
    [5, () => send('GET', '/page/users/seller')],
    [5, () => send('GET', '/page/search?q=sale')],
    [5, () => send('PUT', `/posts/${any(posts)}/like`)],
    [3, () => send('POST', `/posts/${any(posts)}/comments`, { text: 'What a harbour!' })],
    [2, async () => send('PUT', `/library/${wanted.next().value ?? any(goods)}`, { price: PRICE })],
    [1, () => fetch(`${origin}/api/sessions`, signInAs(handle))],
    [1, () => send('POST', '/files', formOf(photo))],
    [1, () => listen(origin, handle)],
  ]
  const all = deeds.flatMap(([weight, deed]) => Array.from({ length: weight }, () => deed))
  let asked = 0
  for (; performance.now() < end; asked++) await all[Math.floor(Math.random() * all.length)]!()
  return asked
}

const signInAs = (handle: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ handle, password: PASSWORD }),
})

function formOf(photo: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData()
  form.append('file', new File([photo], 'harbour.jpg'))
  return form
}

/** Opens the stream of events and leaves, as a page that is closed does. */
async function listen(origin: string, handle: string) {
  const leave = new AbortController()
  const headers = { authorization: `Bearer ${await signIn(origin, handle)}` }
  await fetch(`${origin}/api/events`, { headers, signal: leave.signal })
  leave.abort()
}

/** Reads the resident memory of a process at even intervals. */
async function watch(pid: number, end: number, tell: (line: string) => void): Promise<number[]> {
  const samples: number[] = []
  const pause = Math.max(10, (end - performance.now()) / SAMPLES)
  for (; performance.now() < end; await Bun.sleep(pause)) {
    const mb = Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
    samples.push(mb)
    tell(`${samples.length} of ${SAMPLES}: ${mb.toFixed(0)} MB`)
  }
  return samples
}
