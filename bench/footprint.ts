import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { warmUp } from './load'
import { makeNetwork, SMALL } from './network'
import type { Result } from './result'
import { start, startPinhole } from './server'

const STARTS = 9
const IDLE_MB = 70
const BUSY_MB = 160
const PAGES = ['/', '/api/posts', '/api/inbox', '/inbox', '/users/member_2', '/posts/5']

/** How long the executable takes to start, against an empty server, and the memory it holds idle and under load. */
export async function footprint(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  try {
    const headers = { authorization: `Bearer ${await makeNetwork(dir, SMALL)}` }
    const speed = await startTime(dir)
    await using server = await startPinhole(dir)
    await Bun.sleep(5000)
    const idle = residentMb(server.pid)
    await warmUp(...PAGES.map((path) => ({ url: server.origin + path, headers })))
    const busy = residentMb(server.pid)
    return [
      speed,
      {
        name: 'resident memory, idle',
        ratio: idle / IDLE_MB,
        atMost: 1,
        bound: `${IDLE_MB} MB: ${idle.toFixed(0)} MB`,
      },
      {
        name: 'resident memory, busy',
        ratio: busy / BUSY_MB,
        atMost: 1,
        bound: `${BUSY_MB} MB: ${busy.toFixed(0)} MB`,
      },
    ]
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** The most memory that the process held at once since its start would hide the difference, so the current is read. */
const residentMb = (pid: number) =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

async function startTime(dir: string): Promise<Result> {
  const program = join(dir, 'empty.ts')
  writeFileSync(program, "console.log(Bun.serve({ port: 0, fetch: () => new Response('') }).url.origin)")
  const [empty, ours]: [number[], number[]] = [[], []]
  for (let i = 0; i < STARTS; i++) {
    empty.push(await timeOf(() => start([process.execPath, program], {})))
    ours.push(await timeOf(() => startPinhole(dir)))
  }
  const [a, b] = [empty, ours].map((times) => times.sort((x, y) => x - y)[STARTS >> 1]!) as [number, number]
  return {
    name: 'start until the first line',
    ratio: b / a,
    atMost: 10,
    bound: `an empty server, ${a.toFixed(0)} ms: ${b.toFixed(0)} ms`,
  }
}

async function timeOf(begin: () => Promise<AsyncDisposable>): Promise<number> {
  const began = performance.now()
  await using _server = await begin()
  return performance.now() - began
}
