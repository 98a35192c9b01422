import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { newPage } from '../test/browser'
import { jpeg, type Scene } from '../test/e2e/paint'
import type { Result } from './result'
import { startPinhole } from './server'
import { openCommunity } from './uploads'

const POSTS = 20
const SCENES: Scene[] = ['city', 'forest', 'sea', 'dawn']
/** A slow mobile network: 1.6 Mbit/s, and 150 ms until an answer begins. */
const NETWORK = { downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8, latency: 150, offline: false }
const PAINT_MS = 2500
const PAGE_BYTES = 20_000

/** The first visit of a phone on a slow network to the main page, with photos of 12 megapixels. */
export async function phone(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  try {
    const token = await fill(join(dir, 'data'))
    await using server = await startPinhole(join(dir, 'data'))
    const { packed, whole } = await bytesOf(server.origin, token)
    const painted: number[] = []
    for (let round = 0; round < 3; round++) painted.push(await largestPaint(server.origin, token))
    const paint = painted.sort((a, b) => a - b)[1]!
    return [
      {
        name: 'main page on a phone, bytes',
        ratio: packed / PAGE_BYTES,
        atMost: 1,
        bound: `${PAGE_BYTES} bytes: ${packed} compressed, ${whole} as they are`,
      },
      {
        name: 'main page on a phone, paint',
        ratio: paint / PAINT_MS,
        atMost: 1,
        bound: `${PAINT_MS} ms until the largest element is painted: ${Math.round(paint)} ms`,
      },
    ]
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** Publishes posts with one photo each, and returns a session token. */
async function fill(data: string): Promise<string> {
  const photos = await Promise.all(SCENES.map((scene, at) => jpeg(scene, { width: 4000, height: 3000, seed: at + 1 })))
  const community = await openCommunity(data)
  try {
    for (let i = 0; i < POSTS; i++) {
      const id = await community.upload(photos[i % SCENES.length]!, `photo-${i}.jpg`)
      const body = JSON.stringify({ fileIds: [id], caption: `The harbour this morning, before the fog lifted, ${i}` })
      await community.ask('/posts', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    }
    return community.token
  } finally {
    await community.close()
  }
}

async function bytesOf(origin: string, token: string): Promise<{ packed: number; whole: number }> {
  const headers = { cookie: `session=${token}`, 'accept-encoding': 'zstd' }
  const answer = await fetch(origin, { headers, decompress: false })
  const packed = await answer.bytes()
  return { packed: packed.length, whole: zstdDecompressSync(packed).length }
}

/** The milliseconds until the largest element of the first screen is painted, in a browser without a cache. */
async function largestPaint(origin: string, token: string): Promise<number> {
  await using page = await newPage({ device: 'phone' })
  await page.context().addCookies([{ name: 'session', value: token, url: origin }])
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', NETWORK)
  await page.goto(origin, { timeout: 60_000 })
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => resolve(list.getEntries().at(-1)!.startTime))
        setTimeout(() => observer.observe({ type: 'largest-contentful-paint' as never, buffered: true }), 3000)
      }),
  )
}
