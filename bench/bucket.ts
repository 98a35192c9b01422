import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config'
import { openApp } from '../src/open-app'
import { inTurns, type Target, warmUp } from './load'
import type { Result } from './result'
import { end, type Server, startNginx, startPinhole } from './servers'

const KB = 1000
const files = { '40 kB': 40 * KB, '2 MB': 2000 * KB, '20 MB': 20 * KB * KB }
type Size = keyof typeof files
const SIZES = Object.keys(files) as Size[]
const STORE_PORT = 17_791
const FOLDER = 'photos/media/1'

/**
 * Media from a bucket, against a bare proxy that streams the same bytes from the same store. The store is nginx, which
 * reads no signatures and so is faster than any real one. This server keeps no copies, which would need no store at all.
 */
export async function bucket(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  const servers: Server[] = []
  const started = async (server: Promise<Server>) => {
    servers.push(await server)
    return servers.at(-1)!.origin
  }
  try {
    mkdirSync(join(dir, FOLDER, 'full'), { recursive: true })
    for (const size of SIZES) writeFileSync(join(dir, FOLDER, nameOf(size)), new Uint8Array(files[size]).fill(7))
    const store = await started(startNginx(dir, STORE_PORT, `root ${dir};`))
    const proxy = await started(startProxy(store))
    const urlOf = await makeCommunity(join(dir, 'data'))
    const env = { PINHOLE_S3_URL: `s3://KEY:SECRET@127.0.0.1:${STORE_PORT}/photos?tls=off` }
    const plain = await started(startPinhole(join(dir, 'data'), { ...env, PINHOLE_S3_CACHE_MB: '0' }))
    const results: Result[] = []
    for (const size of SIZES) results.push(await measure(size, { proxy, ours: plain + urlOf(size) }))
    return results
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(dir, { recursive: true })
  }
}

const nameOf = (size: Size) => `full/${size.replace(' ', '').toLowerCase()}.webp` as const

async function measure(size: Size, { proxy, ours }: { proxy: string; ours: string }): Promise<Result> {
  const range = size === '20 MB' ? { range: { bytes: KB * KB, of: files[size] } } : {}
  const targets: [Target, Target] = [
    { url: `${proxy}/${FOLDER}/${nameOf(size)}`, ...range },
    { url: ours, ...range },
  ]
  await warmUp(...targets)
  const [bound, streamed] = (await inTurns(...targets)) as [number, number]
  return {
    name: `media from a bucket, ${size === '20 MB' ? '1 MB ranges of 20 MB' : size}`,
    ratio: streamed / bound,
    floor: 0.5,
    aim: 0.9,
    bound: `a bare streaming proxy, ${Math.round(bound)}/s: ${Math.round(streamed)}/s`,
  }
}

async function startProxy(store: string): Promise<Server> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'bare-proxy.ts'), store], {
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const { value } = await child.stdout.pipeThrough(new TextDecoderStream()).getReader().read()
  if (!value) throw new Error('The proxy did not start.')
  return { origin: value.trim(), stop: () => end(child) }
}

/** Creates a data folder, and returns links for anyone to its only file. */
async function makeCommunity(dataDir: string): Promise<(size: Size) => string> {
  mkdirSync(dataDir)
  const app = await openApp(readConfig({ data: dataDir }, { PINHOLE_ACCESS: 'public' }))
  app.close()
  return (size) => app.mediaUrls.urlOf({ viewer: 0, file: 1, asOf: 0 }, nameOf(size))
}
