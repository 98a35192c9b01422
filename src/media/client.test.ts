import { afterEach, expect, spyOn, test } from 'bun:test'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { bomb, fixture, photo } from '../../test/photos'
import { until } from '../../test/until'
import { createMediaWorker, type MediaWorker, type MediaWorkerOptions } from './client'
import { mediaWorkerCommand } from './command'

/** Starts the worker without the program around it, which would only take longer. */
const workerScript = `(await import(${JSON.stringify(join(import.meta.dir, 'worker.ts'))})).runMediaWorker(process.argv.slice(1))`
const command = [process.execPath, '-e', workerScript]

const dir = mkdtempSync(join(tmpdir(), 'pinhole-worker-'))
process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
const save = async (name: string, bytes: Uint8Array) => {
  await Bun.write(join(dir, name), bytes)
  return { input: join(dir, name), output: dir }
}
const small = await save('small', await photo().jpeg().toBuffer())
/** A photo that keeps the worker busy for about a second. */
const large = await save('large', await photo({ width: 4000, height: 3000 }).png().toBuffer())

let open: MediaWorker | undefined
afterEach(() => open?.stop())
const start = (options: Partial<MediaWorkerOptions> = {}) => {
  open = createMediaWorker({ command, nativeDir: join(dir, 'native'), workersDir: join(dir, 'workers'), ...options })
  return open
}

const errorOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'fine',
    (error) => error,
  )
const isAlive = (pid: number) => {
  try {
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'))
  } catch {
    return false
  }
}

test('photos are processed in order by one child, which starts when it is needed', async () => {
  const worker = start()
  expect(worker.pid).toBeNull()
  const seen: string[] = []
  await Promise.all([
    worker.image(large, { onProgress: () => seen.push('large') }).then(({ width }) => seen.push(String(width))),
    worker.image(small, { onProgress: () => seen.push('small') }).then(({ width }) => seen.push(String(width))),
  ])
  expect([...new Set(seen)]).toEqual(['large', '4000', 'small', '120'])
  const { pid } = worker
  await worker.image(small)
  expect(worker.pid).toBe(pid!)
})

test('the program can start itself as the worker', async () => {
  expect((await start({ command: mediaWorkerCommand() }).image(small)).width).toBe(120)
})

test('a bad file fails with a reason, and the child continues', async () => {
  const worker = start()
  const bad = await save('bomb', bomb())
  expect(await errorOf(worker.image(bad))).toMatchObject({ name: 'BadMedia', code: 'too_many_pixels' })
  const { pid } = worker
  expect(await errorOf(worker.image(await save('text', Buffer.from('hello'))))).toMatchObject({
    name: 'BadMedia',
    code: 'unsupported',
  })
  await worker.image(small)
  expect(worker.pid).toBe(pid!)
})

test('a missing file is not reported as a bad file', async () => {
  expect(await errorOf(start().image({ input: join(dir, 'missing'), output: dir }))).toMatchObject({
    name: 'WorkerStopped',
  })
})

test('a killed child allows another attempt, and the next photo is processed', async () => {
  const worker = start()
  const failed = errorOf(worker.image(large, { onProgress: () => process.kill(worker.pid!, 'SIGKILL') }))
  const next = worker.image(small)
  expect(await failed).toMatchObject({ name: 'WorkerStopped', message: expect.stringContaining('SIGKILL') })
  expect((await next).width).toBe(120)
})

test('a photo that takes too long is reported as bad, and the next photo is processed', async () => {
  const timeoutMs = 100_000
  const worker = start({ timeoutMs })
  await worker.image(small)
  const pid = worker.pid!
  process.kill(pid, 'SIGSTOP')
  // The test ends the time itself, since a short time would not be enough to start a child on a busy machine.
  using timers = spyOn(globalThis, 'setTimeout')
  const failed = errorOf(worker.image(small))
  const [runOut] = await until('the time begins', () => timers.mock.calls.find(([, ms]) => ms === timeoutMs))
  runOut()
  expect(await failed).toMatchObject({ name: 'BadMedia', code: 'too_slow' })
  expect(isAlive(pid)).toBe(false)
  expect((await worker.image(small)).width).toBe(120)
})

test.if(process.platform === 'linux')('too much memory: killed and called bad', async () => {
  const worker = start({ maxResidentBytes: 20_000_000, pollMs: 5 })
  let pid = 0
  const failed = errorOf(worker.image(large, { onProgress: () => (pid ||= worker.pid!) }))
  expect(await failed).toMatchObject({ name: 'BadMedia', code: 'too_heavy' })
  expect(worker.pid).toBeNull()
})

test('cancelling ends a running photo at once, and a waiting photo never starts', async () => {
  const worker = start()
  const off = new AbortController()
  let pid = 0
  const stopHere = () => {
    pid ||= worker.pid!
    off.abort(new Error('shutting down'))
  }
  const running = errorOf(worker.image(large, { signal: off.signal, onProgress: stopHere }))
  const waiting = errorOf(worker.image(small, { signal: off.signal }))
  expect(await running).toMatchObject({ name: 'WorkerStopped', cause: new Error('shutting down') })
  expect(isAlive(pid)).toBe(false)
  expect(await waiting).toMatchObject({ name: 'WorkerStopped' })
  expect(worker.pid).toBeNull()
})

test('stopping ends the running photo, and no further photo starts', async () => {
  const worker = start()
  const running = errorOf(worker.image(large, { onProgress: () => void worker.stop() }))
  expect(await running).toMatchObject({ name: 'WorkerStopped' })
  expect(await errorOf(worker.image(small))).toMatchObject({ name: 'WorkerStopped' })
  expect(worker.pid).toBeNull()
})

test('the child ends when it has no work, and after a number of photos', async () => {
  const idle = start({ idleMs: 50 })
  await idle.image(small)
  const pid = idle.pid!
  await until('the child is gone', () => !isAlive(pid))
  expect((await idle.image(small)).width).toBe(120)
  await idle.stop()

  const fresh = start({ imagesPerChild: 1 })
  await fresh.image(small)
  const first = fresh.pid
  await fresh.image(small)
  expect(fresh.pid).not.toBe(first)
})

test('the error says why the child could not start', async () => {
  const dies = start({ command: ['/bin/sh', '-c', 'echo "no libstdc++ here" >&2; exit 3'] })
  expect(await errorOf(dies.image(small))).toMatchObject({
    name: 'WorkerStopped',
    message: expect.stringMatching(/status 3.*\nno libstdc/),
  })
  const missing = start({ command: [join(dir, 'nothing-here')] })
  expect(await errorOf(missing.image(small))).toMatchObject({
    name: 'WorkerStopped',
    message: expect.stringMatching(/ended \(ENOENT.*nothing-here/),
  })
})

test('what a child has made is delivered, also when the child ends right after its reply', async () => {
  const made = Array.from({ length: 500 }, (_, n) => String(n + 1))
  const talk = `cd "$TMPDIR/full" && touch $(seq 500) && printf '{"progress":0.5}\\n{"result":{"width":7}}\\n' >&3`
  const worker = start({ command: ['/bin/sh', '-c', `read _ && mkdir "$TMPDIR/full" && ${talk}`] })
  const output = join(dir, 'delivered')
  const untilGone = () => {
    while (isAlive(worker.pid!)) Bun.sleepSync(1)
  }
  expect((await worker.image({ ...small, output }, { onProgress: untilGone })).width).toBe(7)
  expect(readdirSync(join(output, 'full')).sort()).toEqual(made.sort())
})

test('the child receives no settings of the server', async () => {
  const told = start({ command: ['/bin/sh', '-c', 'env >&2; exit 1'] })
  const { message } = await errorOf(told.image(small))
  expect(message).toContain('MALLOC_ARENA_MAX')
  expect(message).not.toContain('HOME=')
})

test('output of a library is not mistaken for a reply', async () => {
  const noise = `console.log('{"result":{"width":1}}'); process.stdout.write('half a line');`
  expect((await start({ command: [process.execPath, '-e', noise + workerScript] }).image(small)).width).toBe(120)
})

test('the worker ends when its stdin closes, whatever it is doing', async () => {
  const child = spawn(command[0]!, command.slice(1), { stdio: ['pipe', 'ignore', 'ignore', 'pipe'] })
  child.stdin!.write(`${JSON.stringify({ image: large, nativeDir: dir })}\n`)
  const replies = child.stdio[3] as Readable
  await once(replies, 'data')
  child.stdin!.end()
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a worker that sends invalid replies is ended', async () => {
  for (const talk of ['echo nonsense >&3', 'echo 1 >&3', 'yes nonsense | tr -d "\\n" >&3']) {
    const worker = start({ command: ['/bin/sh', '-c', `${talk}; exec sleep 60`] })
    expect(await errorOf(worker.image(small))).toMatchObject({
      name: 'WorkerStopped',
      message: expect.stringContaining('SIGKILL'),
    })
  }
})

test.if(process.platform === 'linux')('it yields to others, and ends when its parent is killed', async () => {
  const heic = await save('heic', await fixture('upright-p3.heic'))
  const script = `
    const { createMediaWorker } = await import(${JSON.stringify(join(import.meta.dir, 'client.ts'))})
    const worker = createMediaWorker({ command: ${JSON.stringify(command)}, nativeDir: ${JSON.stringify(join(dir, 'native'))}, workersDir: ${JSON.stringify(join(dir, 'workers'))} })
    await worker.image(${JSON.stringify(heic)})
    console.log(worker.pid)
    await worker.image(${JSON.stringify(large)})
    await Bun.sleep(60_000)`
  const parent = Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe' })
  const { value } = await parent.stdout.getReader().read()
  const pid = Number(Buffer.from(value!).toString())
  expect(isAlive(pid)).toBe(true)
  expect(readFileSync(`/proc/${pid}/oom_score_adj`, 'latin1').trim()).toBe('1000')
  expect(readFileSync(`/proc/${pid}/stat`, 'latin1').split(' ')[18]).toBe('10')
  parent.kill('SIGKILL')
  await until('the child is gone', () => !isAlive(pid))
})

/** Two children, of which the first is stopped, so that no photo that it gets is ready until it goes on. */
async function firstStopped() {
  const worker = start({ photosAtOnce: 2 })
  await Promise.all([worker.image(small), worker.image(small)])
  const pid = worker.pid!
  process.kill(pid, 'SIGSTOP')
  return { worker, pid }
}

test('two photos are processed at once in two children, and one that kills its child harms no other', async () => {
  const { worker, pid } = await firstStopped()
  const first = errorOf(worker.image(large))
  const begins = Promise.withResolvers<void>()
  const second = worker.image(large, { onProgress: () => begins.resolve() })
  await begins.promise // it does not wait for the first
  process.kill(pid, 'SIGKILL')
  expect(await first).toMatchObject({ name: 'WorkerStopped', message: expect.stringContaining('SIGKILL') })
  expect((await second).width).toBe(4000)
  await worker.stop()
  expect(worker.pid).toBeNull()
})

test('a waiting photo goes to the child that is free first', async () => {
  const { worker, pid } = await firstStopped()
  const ready: string[] = []
  const ask = (name: string) => worker.image(small).then(() => ready.push(name))
  const [slow, fast, waiting] = [ask('slow'), ask('fast'), ask('waiting')]
  await Promise.all([fast, waiting])
  process.kill(pid, 'SIGCONT')
  await slow
  expect(ready).toEqual(['fast', 'waiting', 'slow'])
})
