import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { appendLog, type Ended, type Engine, type Ffmpeg, INPUT, OUTPUT, outputAt, type Run } from './engine'

type Programs = Exclude<Ffmpeg, 'embedded'>

/**
 * Creates the engine that runs installed programs. They inherit the worker's low priority, get no environment variables
 * and end with the worker.
 */
export function nativeEngine(programs: Programs): Engine {
  return { name: 'native', threads: 0, run: (run) => start(programs[run.program], nativeArgs(run), run) }
}

/** Builds the program's command line. The prefix `file:` prevents a path from being read as an option or a URL. */
export function nativeArgs({
  program,
  args,
  input,
  output = '',
  outputs = [],
}: Pick<Run, 'program' | 'args' | 'input' | 'output' | 'outputs'>): string[] {
  const names: Record<string, string> = { [INPUT]: `file:${input}`, [OUTPUT]: `file:${output}` }
  for (const [i, path] of outputs.entries()) names[outputAt(i)] = `file:${path}`
  const named = args.map((arg) => names[arg] ?? arg)
  return program === 'ffprobe' ? named : ['-nostdin', '-y', '-nostats', '-progress', 'pipe:1', ...named]
}

/** Lists the required features that this ffmpeg lacks. Returns null when nothing is missing. */
export function whatIsMissing({ ffmpeg, ffprobe }: Programs): string | null {
  const encoders = ask(ffmpeg, '-encoders')
  const filters = ask(ffmpeg, '-filters')
  const lacks = [
    ...['libx264', 'aac'].filter((encoder) => !hasName(encoders, encoder)),
    ...['scale', 'fps', 'yadif', 'aresample'].filter((filter) => !hasName(filters, filter)),
    ...(ask(ffprobe, '-version') ? [] : [ffprobe]),
  ]
  return lacks.length ? lacks.join(', ') : null
}

/**
 * Whether this ffmpeg can convert high dynamic range for ordinary screens, which needs filters that some builds leave
 * out.
 */
export function canToneMap({ ffmpeg }: Programs): boolean {
  const filters = ask(ffmpeg, '-filters')
  return hasName(filters, 'zscale') && hasName(filters, 'tonemap')
}

/** ffmpeg's lists contain one name per line, between its flags and a description. */
const hasName = (list: string, name: string) => new RegExp(`^ *\\S+ +${name} `, 'm').test(list)

const answers = new Map<string, string>()

/** Asks once, because a start alone takes as long as a second of a video: programs of distributions load 200 libraries. */
function ask(program: string, question: string): string {
  const key = `${program} ${question}`
  const answer = answers.get(key) || print(program, question)
  answers.set(key, answer)
  return answer
}

const print = (program: string, question: string) =>
  spawnSync(program, ['-hide_banner', question], {
    env: {},
    encoding: 'utf8',
    timeout: 10_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).stdout ?? ''

/** The signals that end a program that crashed on its input. */
const ITS_OWN_END: NodeJS.Signals[] = ['SIGSEGV', 'SIGBUS', 'SIGABRT', 'SIGFPE', 'SIGILL', 'SIGTRAP', 'SIGSYS']

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

function start(program: string, args: string[], { timeoutMs, onProgress }: Run): Promise<Ended> {
  const child = spawn(program, args, { env: {}, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  const ended: Ended = { ok: false, isTimeout: false, log: '', printed: '' }
  const timer = setTimeout(() => {
    ended.isTimeout = true
    child.kill('SIGKILL')
  }, timeoutMs)
  const progressed = progressReader(onProgress)
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended.log = appendLog(ended.log, text)
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (onProgress) progressed(text)
    else ended.printed += text
  })
  return new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => {
      // something else ended it, and not because of its input
      if (signal && !ended.isTimeout && !ITS_OWN_END.includes(signal))
        reject(new Error(`${program} was ended by ${signal}.`))
      else resolve({ ...ended, ok: status === 0 })
    })
  }).finally(() => {
    clearTimeout(timer)
    running.delete(child)
  })
}

/**
 * Reads the output of `-progress`, which contains lines such as `out_time_us=1234567`, or `N/A` before the first
 * output.
 */
export function progressReader(onProgress?: (seconds: number) => void) {
  let rest = ''
  return (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const us = /^out_time_us=(\d+)/.exec(line)?.[1]
      if (us) onProgress?.(Number(us) / 1e6)
    }
  }
}
