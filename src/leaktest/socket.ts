import { connect } from 'node:net'
import { namesOf, type StoredFile } from './bytes'
import { chunks } from './chunks'
import { linkOf, ownLinks } from './links'
import type { Somebody } from './people'
import { credentials, holders, others, type Scene } from './scene'

const DOOR = 'tricks with the path'
const AT_ONCE = 32

/** Sends requests that no browser would send to a local web server, so that nothing on the way normalizes the path. */
export async function tryPaths(scene: Scene, files: StoredFile[]): Promise<void> {
  const { hono, judge, findings } = scene
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) => hono.fetch(request, { address: '127.0.0.1' }),
  })
  const port = server.port!
  try {
    for (const [nth, file] of files.entries()) {
      const locked = await lockedBytes(scene, file)
      const [holder] = holders(scene, file.id)
      const [name] = namesOf(file, 'full')
      if (holder && name) {
        // proves that a correct path opens on this socket
        findings.tried(DOOR, holder)
        const answer = await send(port, holder, linkOf(scene, holder, file.id, name))
        const [, bytes] = locked.find(([each]) => each === name) ?? []
        if (bytes && !answer.includes(bytes) && (await judge.isStored(file.id, name)))
          findings.shut(DOOR, holder, `file ${file.id}: ${name}`)
      }
      // each person tries half of the files, because the way a path is parsed does not depend on the person
      for (const who of others(scene, file.id).filter((_, at) => (at + nth) % 2 === 0))
        for (const some of chunks([...targets(scene, who, file, holder)], AT_ONCE))
          for (const answer of await Promise.all(some.map((target) => send(port, who, target)))) {
            findings.tried(DOOR, who)
            for (const [name, bytes] of locked)
              if (answer.includes(bytes)) findings.leak(DOOR, who, `file ${file.id}: ${name}`)
          }
    }
  } finally {
    await server.stop(true)
  }
}

async function lockedBytes({ judge }: Scene, file: StoredFile): Promise<[name: string, bytes: Uint8Array][]> {
  const locked: [string, Uint8Array][] = []
  for (const name of ['original', ...namesOf(file, 'author'), ...namesOf(file, 'full')]) {
    const bytes = await judge.bytesOf(file.id, name)
    if (bytes?.length) locked.push([name, bytes])
  }
  return locked
}

function* targets(scene: Scene, who: Somebody, file: StoredFile, holder: Somebody | undefined): Generator<string> {
  const [name] = namesOf(file, 'full')
  const wanted = name ?? 'original'
  const { preview, other } = ownLinks(scene, who, file)
  if (preview) for (const tail of climbs(wanted)) yield preview.replace(/preview\/[^/]+$/, tail)
  if (other)
    for (const tail of climbs(`${file.id}/${wanted}`, ['..', '%2e%2e'], ['/', '%2f', '//']))
      yield other.replace(/full\/[^/]+$/, tail.replace(/^preview/, 'full'))
  if (holder && name) yield* disguises(linkOf(scene, holder, file.id, name))
  for (const place of [
    `/media/${file.id}/${wanted}`,
    `/media/${file.id}/original`,
    `/files/${file.id}/original`,
    `/files/${file.id}/uncut`,
    `/data/media/${file.id}/${wanted}`,
  ])
    yield* disguises(place)
  yield `/assets/../media/${file.id}/${wanted}`
  yield `/assets/..%2f..%2fmedia%2f${file.id}%2foriginal`
}

const UPS = ['..', '%2e%2e', '.%2e', '%252e%252e', '..;', '..%00', '%c0%ae%c0%ae', '．．']
const SLASHES = ['/', '%2f', '%2F', '//', '\\', '%5c', '%252f']

/** Paths that try to climb out of the folder that a link opens. */
function climbs(to: string, ups = UPS, slashes = SLASHES): string[] {
  const out = ups.flatMap((up) => slashes.map((slash) => `preview${slash}${up}${slash}${to.replaceAll('/', slash)}`))
  return [
    ...out,
    `preview/./../${to}`,
    `preview/blurred.webp/../../${to}`,
    `preview/blurred.webp%00/../../${to}`,
    `preview%00/../${to}`,
    `PREVIEW/../${to}`,
    `preview/${to}`,
    `preview/../original`,
    `preview/blurred.webp?/../../${to}`,
    `preview/blurred.webp#/../../${to}`,
    to,
    to.toUpperCase(),
    `${to}%00.webp`,
    `${to}/`,
    `${to};`,
  ]
}

/** Other ways to write the same path. */
function disguises(path: string): string[] {
  return [
    path,
    `/${path}`,
    `/.${path}`,
    `/x/..${path}`,
    `/x/%2e%2e${path}`,
    `/assets/..${path}`,
    `/api${path}`,
    `/api/..${path}`,
    path.replace('/media/', '/MEDIA/'),
    path.replace('/media/', '/Media/'),
    path.replace('/media/', '/%6dedia/'),
    path.replace('/media/', '//media//'),
    path.replace('/media/', '/media/./'),
    path.replace('/media/', '/media%2f'),
    path.replaceAll('/', '\\'),
    `http://localhost${path}`,
    `http://other.example${path}`,
    `https://user@localhost${path}`,
    `${path}?download=1`,
    `${path}%00`,
    `${path}%20`,
    path.replace(/\//g, '%2f'),
  ]
}

/** Returns everything received until the connection closes, or within two seconds. */
function send(port: number, who: Somebody, target: string): Promise<Buffer> {
  const headers = { host: 'localhost', connection: 'close', ...credentials(who, target) }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`),
    )
    const done = () => {
      socket.destroy()
      resolve(Buffer.concat(chunks))
    }
    socket.setTimeout(2000, done)
    socket
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('close', done)
      .on('error', done)
  })
}
