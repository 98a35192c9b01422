import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config'
import { openApp } from '../src/open-app'
import { startSession } from '../src/sessions/model'
import { createUser } from '../src/users/model'
import type { Result } from './result'

const PEOPLE = 550
const LINES_EACH = 10
/** The first connections also pay for one-time costs, such as caches and compiled code. */
const WARM = 500

/** How much the server's memory grows with each open page that listens for events and receives none. */
export async function events(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  const tokens = await makePeople(dir)
  const env = { PINHOLE_DATA: dir, PINHOLE_RATE_LIMITS: 'off' }
  const child = Bun.spawn(['dist/pinhole', 'serve', '0', '--host', '127.0.0.1', '--json'], {
    env,
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const lines: { end(): void }[] = []
  try {
    const port = await portOf(child.stdout)
    const wanted = tokens.flatMap((token) => Array.from({ length: LINES_EACH }, () => token))
    await listen(port, wanted.slice(0, WARM), lines)
    const before = await settledKb(child.pid)
    await listen(port, wanted.slice(WARM), lines)
    const grown = (await settledKb(child.pid)) - before
    const each = grown / (wanted.length - WARM)
    return [
      {
        name: 'resident kB per listening page',
        ratio: each,
        atMost: 10,
        bound: `${wanted.length - WARM} more pages, ${grown} kB`,
      },
    ]
  } finally {
    for (const line of lines) line.end()
    child.kill()
    await child.exited
    rmSync(dir, { recursive: true })
  }
}

async function makePeople(dataDir: string): Promise<string[]> {
  const app = await openApp(readConfig({ data: dataDir }, {}))
  const tokens: string[] = []
  for (let i = 0; i < PEOPLE; i++) {
    const session = await app.write(async (tx) => {
      const user = await createUser(tx, { handle: `member_${i}`, passwordHash: '' }, app.now())
      return startSession(tx, user.id, 'bench', app.now())
    })
    tokens.push(await app.sessionTokens.sign(session))
  }
  app.close()
  return tokens
}

async function portOf(stdout: ReadableStream<Uint8Array>): Promise<number> {
  for await (const bytes of stdout)
    return Number(new URL(JSON.parse(new TextDecoder().decode(bytes).split('\n')[0]!).address).port)
  throw new Error('The server did not start.')
}

/** Opens the event streams and waits until each has received its first bytes. */
async function listen(port: number, tokens: string[], lines: { end(): void }[]) {
  for (let at = 0; at < tokens.length; at += 50)
    await Promise.all(tokens.slice(at, at + 50).map((token) => open(port, token, lines)))
}

async function open(port: number, token: string, lines: { end(): void }[]) {
  const { promise: answered, resolve, reject } = Promise.withResolvers<void>()
  const line = await Bun.connect({
    hostname: '127.0.0.1',
    port,
    socket: {
      open: (socket) =>
        void socket.write(`GET /api/events HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${token}\r\n\r\n`),
      data: (_socket, bytes) =>
        bytes.includes('retry:')
          ? resolve()
          : bytes.includes('HTTP/1.1 200')
            ? undefined
            : reject(new Error(String(bytes))),
      close: () => reject(new Error('The server closed the connection.')),
    },
  })
  lines.push(line)
  await answered
}

/** The smallest value within five seconds, because garbage collection makes it go up and down. */
async function settledKb(pid: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let second = 0; second < 5; second++) {
    await Bun.sleep(1000)
    least = Math.min(least, Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]))
  }
  return least
}
