import { afterEach, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeClips } from '../../../test/clips'
import { until } from '../../../test/until'
import { createMediaWorker, type MediaWorker, type MediaWorkerOptions } from '../client'
import { mediaWorkerCommand } from '../command'
import { embeddedEngine } from '../ffmpeg/embedded'
import { type Ffmpeg, INPUT, OUTPUT } from '../ffmpeg/engine'
import { installedFfmpeg } from '../ffmpeg/find'
import { nativeEngine, whatIsMissing } from '../ffmpeg/native'

const dir = mkdtempSync(join(tmpdir(), 'pinhole-video-worker-'))
process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
const clips = await makeClips()
const workersDir = join(dir, 'workers')

const installed = installedFfmpeg(process.env.PATH ?? '')
const native = installed !== 'embedded' && !whatIsMissing(installed) ? installed : null
if (!native)
  console.log('There is no ffmpeg with libx264 and aac on PATH: the tests of the native engine are left out.')

let open: MediaWorker | undefined
afterEach(() => open?.stop())
function start(ffmpeg: Ffmpeg, options: Partial<MediaWorkerOptions> = {}) {
  open = createMediaWorker({
    command: mediaWorkerCommand(),
    nativeDir: join(dir, 'native'),
    workersDir,
    ffmpeg,
    pollMs: 20,
    ...options,
  })
  return open
}

/** A video of ten minutes, which keeps every engine busy. */
const long = join(dir, 'long.avi')
const looped = ['-v', 'error', '-stream_loop', '600', '-i', INPUT, '-c', 'copy', '-f', 'avi', OUTPUT]
const { ok, log } = await embeddedEngine(dir, 0).run({
  program: 'ffmpeg',
  args: looped,
  input: clips('camera.avi'),
  output: long,
  timeoutMs: 60_000,
})
if (!ok) throw new Error(log)

/** Lists the processes with this path among their arguments. */
const workingOn = (path: string) =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(path)
    } catch {
      return false
    }
  })
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fine',
    (error) => error,
  )
const task = (input: string) => ({ input, output: mkdtempSync(join(dir, 'out-')) })

test('photos do not wait for a video, and each kind has its own child', async () => {
  const worker = start('embedded')
  const video = worker.video(task(clips('phone.mp4')))
  const notPhoto = await errorOf(worker.image(task(clips('phone.mp4'))))
  expect([notPhoto.code, worker.pid === worker.videoPid]).toEqual(['unsupported', false])
  expect(worker.videoPid).not.toBeNull()
  expect((await video).duration).toBeCloseTo(1, 1)
  await until('the child is gone', () => worker.videoPid === null)
})

if (process.platform === 'linux') {
  const endings: [string, (worker: MediaWorker, off: AbortController) => void, object][] = [
    ['called off', (_, off) => off.abort(new Error('deleted')), { name: 'WorkerStopped' }],
    ['killed', ({ videoPid }) => process.kill(videoPid!, 'SIGKILL'), { name: 'WorkerStopped' }],
    ['stopped', (worker) => void worker.stop(), { name: 'WorkerStopped' }],
  ]
  for (const [how, end, error] of endings)
    test.skipIf(!native)(`${how} in the middle: no program is left behind`, async () => {
      const worker = start(native!)
      const off = new AbortController()
      const failed = errorOf(worker.video(task(long), { signal: off.signal }))
      await until('the encoder runs', () =>
        workingOn(workersDir).some((pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('libx264')),
      )
      end(worker, off)
      expect(await failed).toMatchObject(error)
      await until('no program is left', () => workingOn(workersDir).length === 0)
    })

  test.skipIf(!native)('the server is killed: neither worker nor program outlives it', async () => {
    const options = { command: mediaWorkerCommand(), nativeDir: join(dir, 'native'), workersDir, ffmpeg: native }
    const script = `
      const { createMediaWorker } = await import(${JSON.stringify(join(import.meta.dir, '../client.ts'))})
      await createMediaWorker(${JSON.stringify(options)}).video(${JSON.stringify(task(long))})`
    const server = Bun.spawn([process.execPath, '-e', script], { env: {} })
    const programs = () => workingOn(workersDir).filter((pid) => pid !== String(server.pid))
    await until('a program runs', () => programs().length > 0)
    server.kill('SIGKILL')
    await until('no program is left', () => programs().length === 0)
  })

  test.skipIf(!native)('what an installed ffmpeg occupies counts, too', async () => {
    const worker = start(native!, { maxVideoResidentBytes: 1, pollMs: 5 })
    expect(await errorOf(worker.video(task(long)))).toMatchObject({ name: 'BadMedia', code: 'too_heavy' })
    await until('no program is left', () => workingOn(workersDir).length === 0)
  })

  test('the embedded engine ends with its child', async () => {
    const worker = start('embedded')
    const off = new AbortController()
    let last = 0
    const onProgress = (done: number) => {
      last = done
      if (done > 0.021) off.abort()
    }
    expect(await errorOf(worker.video(task(long), { signal: off.signal, onProgress }))).toMatchObject({
      name: 'WorkerStopped',
    })
    expect([worker.videoPid, last > 0.021 && last < 0.9]).toEqual([null, true])
  })
}

for (const engine of [native && nativeEngine(native), embeddedEngine(dir), embeddedEngine(dir, 0)])
  test.skipIf(!engine)(`a run that takes too long is ended (${engine?.name}, ${engine?.threads} threads)`, async () => {
    const output = join(dir, 'late.mp4')
    const args = ['-v', 'error', '-i', INPUT, '-c:v', 'libx264', '-preset', 'veryslow', '-f', 'mp4', OUTPUT]
    const ended = await engine!.run({ program: 'ffmpeg', args, input: long, output, timeoutMs: 1500, isLong: true })
    expect(ended).toMatchObject({ ok: false, isTimeout: true })
    await until('no program is left', () => workingOn(output).length === 0)
  })

test.skipIf(!native)('an installed ffmpeg that lacks something is passed over, a chosen one says so', async () => {
  const { ffmpeg, ffprobe } = native!
  const useless = { ffmpeg: ffprobe, ffprobe, chosen: true }
  expect(whatIsMissing({ ffmpeg, ffprobe: '/bin/false', chosen: true })).toContain('/bin/false')
  const error = await errorOf(start({ ...useless, ffmpeg: '/bin/false' }).video(task(clips('phone.mp4'))))
  expect(error).toMatchObject({
    name: 'WorkerStopped',
    message: expect.stringContaining('ffmpeg in PINHOLE_FFMPEG lacks: libx264, aac'),
  })
  const { duration } = await start({ ffmpeg: '/bin/false', ffprobe, chosen: false }).video(task(clips('phone.mp4')))
  expect(duration).toBeCloseTo(1, 1)
})
