import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { BadMedia, WorkerStopped } from './errors'
import { REPLIES, type Reply, type Request } from './protocol'
import type { ImageResult } from './renditions'

export type ChildLimits = { timeoutMs: number; maxResidentBytes: number; pollMs: number }
export type Asking = { signal?: AbortSignal; onProgress?: (progress: number) => void }

/** A running worker. It answers one request at a time; after the first failure of its own it is gone. */
export type Child = {
  pid: number
  readonly gone: boolean
  ask(request: Request, asking: Asking): Promise<ImageResult>
  /** Lets it end by itself. */
  retire(): void
  kill(): Promise<void>
}

/** How much of what it printed on stderr is kept, to say why it died. */
const STDERR_TAIL = 4_000

export function startChild([executable, ...args]: string[], limits: ChildLimits): Child {
  // What decodes strangers' bytes gets none of the server's settings, among which are secrets; fewer arenas let memory go back.
  const env = { MALLOC_ARENA_MAX: '2' }
  const running = spawn(executable!, args, { env, stdio: ['pipe', 'ignore', 'pipe', 'pipe'] })
  const stderr = keepTail(running.stderr!)
  const requests = running.stdio[0] as Writable
  requests.on('error', () => {}) // it died: 'close' says so
  let listener: ((reply: Reply) => void) | null = null
  onLines(running.stdio[REPLIES] as Readable, (line) => listener?.(JSON.parse(line)))
  let ended: string | null = null
  const end = new Promise<string>((resolve) => {
    running.on('error', (error) => resolve(error.message))
    running.on('close', (code, signal) => resolve(`${signal ?? `status ${code}`}`))
  }).then((how) => (ended = `The media worker ended (${how}).\n${stderr()}`.trim()))

  const kill = async () => {
    running.kill('SIGKILL')
    await end
  }

  return {
    pid: running.pid ?? 0,
    get gone() {
      return ended !== null || running.exitCode !== null || running.signalCode !== null || running.pid === undefined
    },
    retire: () => void requests.end(),
    kill,
    async ask(request, { signal, onProgress }) {
      let reason: Error | null = null
      const giveUp = (error: Error) => {
        reason ??= error
        void kill()
      }
      const timer = setTimeout(() => giveUp(new BadMedia('too_slow')), limits.timeoutMs)
      const onAbort = () => giveUp(new WorkerStopped('The work was called off.', { cause: signal?.reason }))
      signal?.addEventListener('abort', onAbort)
      const watch = watchMemory(running, limits, () => giveUp(new BadMedia('too_heavy')))
      try {
        const answer = new Promise<ImageResult>((resolve, reject) => {
          listener = (reply) => {
            if ('progress' in reply) onProgress?.(reply.progress)
            else if ('result' in reply) resolve(reply.result)
            else if ('bad' in reply) reject(new BadMedia(reply.bad, { cause: reply.cause }))
            else reject(new WorkerStopped(reply.failed))
          }
        })
        const death = end.then((how) => Promise.reject(reason ?? new WorkerStopped(how)))
        requests.write(`${JSON.stringify(request)}\n`)
        return await Promise.race([answer, death])
      } finally {
        listener = null
        clearTimeout(timer)
        clearInterval(watch)
        signal?.removeEventListener('abort', onAbort)
      }
    },
  }
}

function watchMemory({ pid }: ChildProcess, { maxResidentBytes, pollMs }: ChildLimits, tooMuch: () => void) {
  return setInterval(() => {
    if (residentBytes(pid) > maxResidentBytes) tooMuch()
  }, pollMs)
}

/** 0 where it cannot be known: not Linux, or the process is gone. */
export function residentBytes(pid: number | undefined) {
  try {
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

function onLines(stream: Readable, onLine: (line: string) => void) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    lines.forEach(onLine)
  })
}

function keepTail(stream: Readable) {
  let tail = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    tail = (tail + text).slice(-STDERR_TAIL)
  })
  return () => tail
}
