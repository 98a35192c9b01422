import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMediaWorker, type MediaWorker } from '../../src/media/client'
import { mediaWorkerCommand } from '../../src/media/command'
import { BadMedia, WorkerStopped } from '../../src/media/errors'
import type { Ffmpeg } from '../../src/media/ffmpeg/engine'
import { installedFfmpeg } from '../../src/media/ffmpeg/find'
import { whatIsMissing } from '../../src/media/ffmpeg/native'
import { residentBytes } from '../../src/media/resident'
import { makeClips } from '../clips'
import { fixture } from '../photos'
import { colourOf, showsMarker } from './marker-colours'
import { dice } from './mutate'
import { mutateVideo } from './mutate-video'

export type FuzzedVideos = {
  files: number
  shown: number
  refused: Record<string, number>
  /** Files for which the worker ended without saying what was wrong with them. */
  crashes: string[]
  /** Output that belongs to another file, and files or processes that were left behind. */
  leaks: string[]
  slowestMs: number
  mostMb: number
  perMinute: number
  engines: string[]
  seed: number
}

const CLIPS = [
  'phone.mp4',
  'pieces.mp4',
  'old.mov',
  'film.mkv',
  'camera.avi',
  'disc.mpg',
  'tape.ts',
  'silent-odd.mp4',
] as const

/** Text after the end of the marker video. Output that contains it includes bytes of that video. */
const CANARY = 'CanaryOfSomebodyElse'

type Options = {
  files: number
  until?: number | undefined
  seed?: number
  tell?: (line: string) => void
  timeoutMs?: number
}

/**
 * Sends mutated videos through real workers, with every available engine in turn. Next to them lies a video in two
 * colours that many of them refer to and that the same workers process now and then. Neither its colours nor its bytes
 * may appear in the output of another video.
 */
export async function soakVideos({
  files,
  until = Number.POSITIVE_INFINITY,
  seed = Date.now() % 1e6,
  tell = () => {},
  timeoutMs = 120_000,
}: Options): Promise<FuzzedVideos> {
  const dir = await mkdtemp(join(tmpdir(), 'pinhole-fuzz-'))
  const clips = await makeClips([...CLIPS, 'marker.mp4'])
  const marker = join(dir, 'marker.mp4')
  await Bun.write(
    marker,
    Buffer.concat([Buffer.from(await Bun.file(clips('marker.mp4')).bytes()), Buffer.from(CANARY.repeat(50))]),
  )
  const seeds = [...(await Promise.all(CLIPS.map((name) => Bun.file(clips(name)).bytes()))), ...scripts(marker)]
  for (const name of ['vp9.webm', 'amr.3gp', 'av1.mp4']) seeds.push(await fixture(name))
  const originals = seeds.map((bytes) => Buffer.from(bytes))
  const roll = dice(seed)
  const engines = enginesHere()
  const done: FuzzedVideos = {
    files: 0,
    shown: 0,
    refused: {},
    crashes: [],
    leaks: [],
    slowestMs: 0,
    mostMb: 0,
    perMinute: 0,
    seed,
    engines: engines.map((engine) => (engine === 'embedded' ? engine : 'native')),
  }
  const began = performance.now()
  let next = 0

  async function runWorker(number: number, worker: MediaWorker) {
    const [input, output] = [join(dir, `original-${number}`), join(dir, `output-${number}`)]
    const watch = setInterval(() => {
      done.mostMb = Math.max(done.mostMb, Math.round(residentBytes(worker.videoPid ?? undefined) / 1024 ** 2))
    }, 50)
    using _watch = { [Symbol.dispose]: () => clearInterval(watch) }
    const develop = async (bytes: Uint8Array): Promise<Outcome> => {
      await Bun.write(input, bytes)
      return outcomeOf(worker, input, output)
    }
    while (next < files && performance.now() < until) {
      const at = next++
      const mutant = mutateVideo(originals, marker, roll)
      if (at % 20 === number) await expectMarker(await develop(await Bun.file(marker).bytes()))
      const start = performance.now()
      const outcome = await develop(mutant)
      done.slowestMs = Math.max(done.slowestMs, Math.round(performance.now() - start))
      const kept = join(tmpdir(), `pinhole-fuzz-${seed}-${at}`)
      const faults = outcome.faults.map((fault) => `${kept}: ${fault}`)
      if (faults.length || outcome.crashed) await Bun.write(kept, mutant)
      done.leaks.push(...faults)
      if (outcome.crashed) done.crashes.push(`${kept}: ${outcome.crashed}`)
      else if (outcome.code) done.refused[outcome.code] = (done.refused[outcome.code] ?? 0) + 1
      else done.shown++
      done.files++
      done.perMinute = Math.round((done.files / (performance.now() - began)) * 60_000)
      if (done.files % 50 === 0) tell(JSON.stringify(done))
    }
  }

  const open = (ffmpeg: Ffmpeg) =>
    createMediaWorker({
      command: mediaWorkerCommand(),
      nativeDir: join(dir, 'native'),
      workersDir: join(dir, 'workers'),
      ffmpeg,
      videoTimeoutMs: timeoutMs,
      pollMs: 50,
    })
  const count = Math.max(engines.length, availableParallelism())
  const workers = Array.from({ length: count }, (_, number) => open(engines[number % engines.length]!))
  try {
    await Promise.all(workers.map((worker, number) => runWorker(number, worker)))
    await Promise.all(workers.map((worker) => worker.stop()))
    const known = (name: string) => ['marker.mp4', 'native', 'workers'].includes(name) || name.startsWith('original-')
    done.leaks.push(...(await readdir(dir)).filter((name) => !known(name)).map((name) => `left behind: ${name}`))
    done.leaks.push(...(await runningWith(dir)).map((line) => `still running: ${line}`))
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
    await rm(dir, { recursive: true })
  }
  return done
}

function enginesHere(): Ffmpeg[] {
  const installed = installedFfmpeg(process.env.PATH ?? '')
  return installed === 'embedded' || whatIsMissing(installed) ? ['embedded'] : ['embedded', installed]
}

/** Text files that are no videos but refer to one, also behind the beginning of a real video. */
function scripts(elsewhere: string): Buffer[] {
  const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://${elsewhere}\n#EXT-X-ENDLIST\n`
  const head = boxText('ftyp', 'mp42\0\0\0\0mp42isom')
  return [
    playlist,
    `ffconcat version 1.0\nfile '${elsewhere}'\n`,
    head + playlist,
    `${head}ffconcat version 1.0\nfile ${elsewhere}\n`,
  ].map((text) => Buffer.from(text, 'latin1'))
}
const boxText = (kind: string, text: string) => `\0\0\0${String.fromCharCode(text.length + 8)}${kind}${text}`

/** `code` is the reason for a refusal. `crashed` means that the worker ended without a reason. */
type Outcome = { code?: string; crashed?: string; faults: string[]; colours: number[][] }

async function outcomeOf(worker: MediaWorker, input: string, output: string): Promise<Outcome> {
  await mkdir(output, { recursive: true })
  try {
    await worker.video({ input, output })
    const names = (await readdir(output, { recursive: true })).filter((name) => /\.\w+$/.test(name))
    const faults: string[] = []
    const colours: number[][] = []
    for (const name of names) {
      if (!/^(full|preview)\//.test(name)) faults.push(`left behind in its output folder: ${name}`)
      const bytes = Buffer.from(await Bun.file(join(output, name)).bytes())
      if (bytes.includes(CANARY)) faults.push(`${name} contains bytes of another file`)
      colours.push(...(await colourOf(join(output, name))))
    }
    if (colours.some(showsMarker)) faults.push('shows another video')
    return { faults, colours }
  } catch (error) {
    if (error instanceof BadMedia) return { code: error.code, faults: [], colours: [] }
    if (error instanceof WorkerStopped) return { crashed: error.message.slice(0, 300), faults: [], colours: [] }
    throw error
  } finally {
    await rm(output, { recursive: true, force: true })
  }
}

/**
 * The marker must be found in its own video. If it could not be detected, its absence elsewhere would prove nothing.
 */
async function expectMarker({ code, crashed, faults }: Outcome) {
  if (!faults.includes('shows another video'))
    throw new Error(`The marker video was not recognised: ${code ?? crashed ?? 'its colours are wrong'}.`)
}

async function runningWith(dir: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
  const lines = pids.map((pid) =>
    Bun.file(`/proc/${pid}/cmdline`)
      .text()
      .catch(() => ''),
  )
  return (await Promise.all(lines)).filter((line) => line.includes(dir))
}
