import type { ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import { node } from '../node'
import { BadMedia, WorkerStopped } from './errors'
import { REPLIES, type Reply, type Request, type Result } from './protocol'
import { residentBytes } from './resident'
import { type Enclosure, partsOf } from './walls/enclose'

export type ChildLimits = { timeoutMs: number; maxResidentBytes: number; pollMs: number }
export type Asking = { signal?: AbortSignal; onProgress?: (progress: number) => void }

/** A running worker. It answers one request at a time, and ends after a failure of its own. */
export type Child = {
  pid: number
  readonly gone: boolean
  ask(request: Request, asking: Asking): Promise<Result>
  /** Closes the worker's stdin, which makes it exit. */
  retire(): void
  kill(): Promise<void>
  /** Resolves when the worker has ended. */
  ended: Promise<unknown>
}

/** How many characters of stderr are kept to explain why the worker died. */
const STDERR_TAIL = 4_000

/** The longest reply in characters. The longest part of a reply is the placeholder. */
const LONGEST_REPLY = 64_000

/** Starts a media worker inside its walls. One that cannot be started ends at once, and says why. */
export function startChild([executable, ...args]: string[], enclosure: Enclosure, limits: ChildLimits): Child {
  // The worker decodes untrusted files, so it gets none of the server's settings, which include secrets. With fewer
  // arenas more memory is returned to the system.
  const env = { MALLOC_ARENA_MAX: '2', TMPDIR: partsOf(enclosure.folder).made }
  // a separate process group, so that programs it starts can be ended with it
  const running = node.childProcess.spawn(executable!, [...args, JSON.stringify(enclosure)], {
    env,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
  })
  const { stdin: requests, stderr } = running // null when the worker cannot be started; the 'error' event says why
  const replies = running.stdio[REPLIES] as Readable | null
  const printed = keepTail(stderr)
  let ended = false
  running.on('exit', () => killGroup(running.pid))
  const end = endOf(running).then((how) => {
    ended = true
    return `The media worker ended (${how}).\n${printed()}`.trim()
  })
  requests?.on('error', () => {}) // the worker is ending, which is handled below

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
    ended: end,
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
          else if ('bad' in reply) reject(new BadMedia(reply.bad, { cause: reply.cause, values: reply.values }))
          else reject(new WorkerStopped(reply.failed))
        }
      })
      const death = end.then((how) => Promise.reject(reason ?? new WorkerStopped(how)))
      const callOff = () => giveUp(new WorkerStopped('The work was cancelled.', { cause: signal?.reason }))
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

/** Ends the programs that the worker started, in case it died without ending them. */
function killGroup(pid: number | undefined) {
  try {
    if (pid) process.kill(-pid, 'SIGKILL')
  } catch {} // usually no process is left in the group
}

/**
 * Resolves with how the worker ended. Its last output may arrive shortly after the exit; only a program it started
 * could hold the pipe open longer.
 */
const endOf = (running: ChildProcess) =>
  new Promise<string>((resolve) => {
    running.on('error', (error) => resolve(error.message))
    running.on('exit', (code, signal) => {
      const how = signal ?? `status ${code}`
      running.on('close', () => resolve(how))
      setTimeout(resolve, 200, how)
    })
  })

/**
 * Reads replies. A file may have taken control of the worker, so any output that is not a valid reply calls `nonsense`.
 */
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
