import { readFileSync, rmSync } from 'node:fs'
import { availableParallelism, freemem } from 'node:os'
import { extname, join } from 'node:path'
import { compiledCore } from './compiled'
import { type CoreReply, type CoreRequest, MOUNT } from './core-protocol'
import type { HostFile } from './core-types'
import { appendLog, type Ended, type Engine, INPUT, OUTPUT, outputAt, type Run } from './engine'
import { workerUrl } from './worker-url'

/**
 * The free memory that the threaded core needs. It takes one gigabyte for itself and more for its threads; with less
 * memory the plain core is used.
 */
const ENOUGH_MEMORY = 2 * 1024 ** 3

/**
 * The largest number of threads. The core's pool has 32 threads, and a decoder, an encoder and the filters each take
 * this many.
 */
const MOST_THREADS = 4

/**
 * Creates the engine that runs ffmpeg compiled to WebAssembly. It works on every system and can reach only the files it
 * is given. Every run has its own worker, because the core keeps memory and settings between runs. ffprobe writes its
 * results into `dir`.
 */
export function embeddedEngine(dir: string, freeBytes = availableBytes()): Engine {
  const isPlain = freeBytes < ENOUGH_MEMORY
  const threads = isPlain ? 1 : Math.min(MOST_THREADS, availableParallelism())
  return { name: 'embedded', threads, run: (run) => start(run.isLong && !isPlain ? 'threaded' : 'plain', run, dir) }
}

/** The memory available without swapping, including memory that the kernel can free. */
function availableBytes(): number {
  try {
    return Number(/^MemAvailable:\s*(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'latin1'))?.[1]) * 1024 || freemem()
  } catch {
    return freemem()
  }
}

type Uncompiled = Omit<CoreRequest, 'module'>

async function start(core: CoreRequest['core'], run: Run, dir: string): Promise<Ended> {
  if (run.program === 'ffprobe') return find(core, run, dir)
  const ended = await inWorker(request(core, run), run)
  // the plain core is slower, but it has twice the memory and is less likely to fail
  return core === 'threaded' && ended.isOverwhelmed ? inWorker(request('plain', run), run) : ended
}

async function find(core: CoreRequest['core'], run: Run, dir: string): Promise<Ended> {
  const found = join(dir, `probe-${crypto.randomUUID()}.json`)
  try {
    const { args, files, ...rest } = request(core, run)
    const probing = {
      ...rest,
      args: ['-o', `${MOUNT}/found`, ...args],
      files: [...files, { name: 'found', path: found, isWritable: true }],
    }
    const ended = await inWorker(probing, run)
    const printed = textOf(found)
    return { ...ended, ok: printed !== '' && !ended.isTimeout, printed } // ffprobe's exit status is not passed on
  } finally {
    rmSync(found, { force: true })
  }
}

function request(core: CoreRequest['core'], { program, args, input, output, outputs = [] }: Run): Uncompiled {
  const outputName = `output${extname(output ?? '')}`
  const names: Record<string, string> = { [INPUT]: `${MOUNT}/input`, [OUTPUT]: `${MOUNT}/${outputName}` }
  const files: HostFile[] = [{ name: 'input', path: input, isWritable: false }]
  if (output) files.push({ name: outputName, path: output, isWritable: true })
  for (const [i, path] of outputs.entries()) {
    const name = `output${i}${extname(path)}`
    names[outputAt(i)] = `${MOUNT}/${name}`
    files.push({ name, path, isWritable: true })
  }
  return { core, program, args: args.map((arg) => names[arg] ?? arg), files }
}

const textOf = (path: string) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

async function inWorker(request: Uncompiled, { timeoutMs, onProgress }: Run) {
  const module = await compiledCore(request.core)
  const worker = new Worker(workerUrl('core'))
  const ended: Ended & { isOverwhelmed: boolean } = {
    isOverwhelmed: false,
    ok: false,
    isTimeout: false,
    log: '',
    printed: '',
  }
  const { promise, resolve, reject } = Promise.withResolvers<typeof ended>()
  const timer = setTimeout(() => resolve({ ...ended, isTimeout: true }), timeoutMs)
  worker.onerror = ({ message }) => reject(new Error(message))
  worker.onmessage = ({ data }: MessageEvent<CoreReply>) => {
    if ('log' in data) ended.log = appendLog(ended.log, `${data.log}\n`)
    else if ('seconds' in data) onProgress?.(data.seconds)
    else if ('ended' in data)
      resolve({ ...ended, ok: data.ended === 0, isOverwhelmed: /cannot allocate memory/i.test(ended.log) })
    else if ('crashed' in data) resolve({ ...ended, log: appendLog(ended.log, data.crashed), isOverwhelmed: true })
    else reject(new Error(data.failed))
  }
  worker.postMessage({ ...request, module } satisfies CoreRequest)
  return promise.finally(() => {
    clearTimeout(timer)
    worker.terminate()
  })
}
