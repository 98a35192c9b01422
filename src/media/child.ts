import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { BadMedia, WorkerStopped } from './errors'
import { REPLIES, type Reply, type Request, type Result } from './protocol'
import { residentBytes } from './resident'

export type ChildLimits = { timeoutMs: number; maxResidentBytes: number; pollMs: number }
export type Asking = { signal?: AbortSignal; onProgress?: (progress: number) => void }

/** A running worker. It answers one request at a time; after a failure of its own it is gone. */
export type Child = {
  pid: number
  readonly gone: boolean
  ask(request: Request, asking: Asking): Promise<Result>
  /** Lets it end by itself. */
  retire(): void
  kill(): Promise<void>
}

/** How much of what it printed on stderr is kept, to say why it died. */
const STDERR_TAIL = 4_000

/** A placeholder is the longest thing it has to say. */
const LONGEST_REPLY = 64_000

export function startChild([executable, ...args]: string[], limits: ChildLimits): Child {
  // What decodes strangers' bytes gets none of the server's settings, among which are secrets; fewer arenas let memory go back.
  const env = { MALLOC_ARENA_MAX: '2' }
  // a process group of its own, so that what it started can be ended with it
  const running = spawn(executable!, args, { env, detached: true, stdio: ['pipe', 'ignore', 'pipe', 'pipe'] })
  const { stdin: requests, stderr } = running // null when it cannot be started; 'error' says why
  const replies = running.stdio[REPLIES] as Readable | null
  const printed = keepTail(stderr)
  let ended = false
  running.on('exit', () => killGroup(running.pid))
  const end = endOf(running).then((how) => {
    ended = true
    return `The media worker ended (${how}).\n${printed()}`.trim()
  })
  requests?.on('error', () => {}) // it is about to end, which is heard of anyway

  const kill = async () => {
    running.kill('SIGKILL')
    await end
  }
  let listener: ((reply: Reply) => void) | null = null
  onReplies(
    replies,
    (reply) => listener?.(reply),
    () => void kill(),
  )

  return {
    pid: running.pid ?? 0,
    get gone() {
      return ended || running.exitCode !== null || running.signalCode !== null
    },
    retire: () => void requests?.end(),
    kill,
    async ask(request, { signal, onProgress }) {
      let reason: Error | null = null
      const giveUp = (error: Error) => {
        reason ??= error
        void kill()
      }
      const answer = new Promise<Result>((resolve, reject) => {
        listener = (reply) => {
          if ('progress' in reply) onProgress?.(reply.progress)
          else if ('result' in reply) resolve(reply.result)
          else if ('bad' in reply) reject(new BadMedia(reply.bad, { cause: reply.cause }))
          else reject(new WorkerStopped(reply.failed))
        }
      })
      const death = end.then((how) => Promise.reject(reason ?? new WorkerStopped(how)))
      const callOff = () => giveUp(new WorkerStopped('The work was called off.', { cause: signal?.reason }))
      signal?.addEventListener('abort', callOff)
      const timer = setTimeout(() => giveUp(new BadMedia('too_slow')), limits.timeoutMs)
      const watch = setInterval(() => {
        if (residentBytes(running.pid) > limits.maxResidentBytes) giveUp(new BadMedia('too_heavy'))
      }, limits.pollMs)
      try {
        requests?.write(`${JSON.stringify(request)}\n`)
        return await Promise.race([answer, death])
      } finally {
        listener = null
        clearTimeout(timer)
        clearInterval(watch)
        signal?.removeEventListener('abort', callOff)
      }
    },
  }
}

/** It may have died without a chance to end what it had started. */
function killGroup(pid: number | undefined) {
  try {
    if (pid) process.kill(-pid, 'SIGKILL')
  } catch {} // there is nobody left, as a rule
}

/** How it ended. What it printed last may come in a moment after; for longer only a process of its own would hold the pipe open. */
const endOf = (running: ChildProcess) =>
  new Promise<string>((resolve) => {
    running.on('error', (error) => resolve(error.message))
    running.on('exit', (code, signal) => {
      const how = signal ?? `status ${code}`
      running.on('close', () => resolve(how))
      setTimeout(resolve, 200, how)
    })
  })

/** The worker may have fallen to what it decoded: whatever it says that is no reply is `nonsense`. */
function onReplies(stream: Readable | null, onReply: (reply: Reply) => void, nonsense: () => void) {
  let rest = ''
  stream?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LONGEST_REPLY) return nonsense()
    for (const line of lines) {
      const reply = parse(line)
      if (!reply) return nonsense()
      onReply(reply)
    }
  })
}

function parse(line: string): Reply | null {
  try {
    const reply = JSON.parse(line)
    return typeof reply === 'object' ? reply : null
  } catch {
    return null
  }
}

function keepTail(stream: Readable | null) {
  let tail = ''
  stream?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-STDERR_TAIL)
  })
  return () => tail
}
