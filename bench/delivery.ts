import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config'
import { openApp } from '../src/open-app'
import { startSession } from '../src/sessions/model'
import { createUser } from '../src/users/model'
import { inTurns } from './load'
import type { Result } from './result'
import { type Server, startNginx, startPinhole } from './servers'

const KB = 1000
const files = { '4 kB': 4 * KB, '40 kB': 40 * KB, '200 kB': 200 * KB, '20 MB': 20 * KB * KB }
const floors = { '4 kB': 0.5, '40 kB': 0.4, '200 kB': 0.5, '20 MB': 0.75 }
type Size = keyof typeof files

/** Compares our signed links with one nginx worker that serves the same files with `secure_link`. */
export async function delivery(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  const community = await makeCommunity(join(dir, 'data'))
  const servers: Server[] = []
  try {
    const nginx = await startSecureNginx(dir)
    servers.push(nginx)
    const ours = await startPinhole(join(dir, 'data'))
    servers.push(ours)
    const results: Result[] = []
    for (const size of Object.keys(files) as Size[])
      results.push(...(await measure(size, ours.origin, nginx.origin, community)))
    return results
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(dir, { recursive: true })
  }
}

type Community = Awaited<ReturnType<typeof makeCommunity>>

async function measure(
  size: Size,
  ours: string,
  nginx: string,
  { urlOf, userId, token }: Community,
): Promise<Result[]> {
  const range = size === '20 MB' ? { range: { bytes: KB * KB, of: files[size] } } : {}
  const name = size === '20 MB' ? '1 MB ranges of 20 MB' : size
  const [bound, anyone, viewer] = (await inTurns(
    { url: nginx + secureLink(fileName(size)), ...range },
    { url: ours + urlOf(0, size), ...range },
    { url: ours + urlOf(userId, size), headers: { cookie: `session=${token}` }, ...range },
  )) as [number, number, number]
  return [
    {
      name: `media, ${name}`,
      ratio: anyone / bound,
      floor: floors[size],
      aim: 0.9,
      bound: `nginx, ${Math.round(bound)}/s: ${Math.round(anyone)}/s`,
    },
    {
      name: `media for a viewer, ${name}`,
      ratio: viewer / anyone,
      floor: 0.7,
      bound: `media for anyone, ${Math.round(viewer)}/s`,
    },
  ]
}

const fileName = (size: Size) => `full/${size.replace(' ', '').toLowerCase()}.webp` as const

/** Creates a data folder with one file of each size, a signed-in person, and links to the files. */
async function makeCommunity(dataDir: string) {
  mkdirSync(join(dataDir, 'media/1/full'), { recursive: true })
  for (const [size, bytes] of Object.entries(files))
    writeFileSync(join(dataDir, 'media/1', fileName(size as Size)), new Uint8Array(bytes).fill(7))
  const app = await openApp(readConfig({ data: dataDir }, { PINHOLE_ACCESS: 'public' }))
  const user = await app.write((tx) => createUser(tx, { handle: 'ann', passwordHash: '' }, app.now()))
  const session = await app.write((tx) => startSession(tx, user.id, 'bench', app.now()))
  const token = await app.sessionTokens.sign(session)
  app.close()
  return {
    userId: user.id,
    token,
    urlOf: (viewer: number, size: Size) => app.mediaUrls.urlOf({ viewer, file: 1, asOf: 0 }, fileName(size)),
  }
}

const SECRET = 'benchmark'
const NGINX_PORT = 17_790

/** https://nginx.org/en/docs/http/ngx_http_secure_link_module.html */
function secureLink(name: string): string {
  const expires = Math.floor(Date.now() / 1000) + 3600
  const uri = `/media/1/${name}`
  const md5 = createHash('md5').update(`${expires}${uri} ${SECRET}`).digest('base64url')
  return `${uri}?md5=${md5}&expires=${expires}`
}

const startSecureNginx = (dir: string) =>
  startNginx(
    dir,
    NGINX_PORT,
    `root ${dir}/data;
    location /media/ {
      secure_link $arg_md5,$arg_expires; secure_link_md5 "$secure_link_expires$uri ${SECRET}";
      if ($secure_link = "") { return 403; }
      if ($secure_link = "0") { return 410; }
    }`,
  )
