import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMediaWorker } from '../../src/media/client'
import { mediaWorkerCommand } from '../../src/media/command'
import { BadMedia, WorkerStopped } from '../../src/media/errors'
import { residentBytes } from '../../src/media/resident'
import { codedIn, colourNumbers, heifFile } from '../heif-files'
import { apng, movingAvif } from '../moving-files'
import { animation, fixture, photo, tellTale } from '../photos'
import { rawFile } from '../raw-files'
import { dice, mutate } from './mutate'

export type Fuzzed = {
  files: number
  shown: number
  refused: Record<string, number>
  crashes: number
  leaks: string[]
  slowestMs: number
  mostMb: number
  seed: number
}

/** Planted in the photos that are decoded first. If it appears later, memory was not cleared. */
const CANARY = 'CanaryOfSomebodyElse'

/** Small photos in every format. */
async function seeds(): Promise<Buffer[]> {
  const made = await Promise.all([
    photo().jpeg().toBuffer(),
    photo().jpeg({ progressive: true }).toBuffer(),
    photo({ orientation: 6 }).jpeg().toBuffer(),
    tellTale().jpeg().toBuffer(),
    photo().png().toBuffer(),
    photo().png({ palette: true, progressive: true }).toBuffer(),
    photo().webp().toBuffer(),
    photo().webp({ lossless: true }).toBuffer(),
    photo().gif().toBuffer(),
    photo().tiff({ compression: 'lzw' }).toBuffer(),
    tellTale().tiff({ compression: 'deflate' }).toBuffer(),
    photo().avif({ effort: 0 }).toBuffer(),
    animation('gif'),
    animation('webp'),
    fixture('rotated-p3.heic'),
    fixture('moving.jxl'),
    photo().tiff({ compression: 'lzw', bigtiff: true }).toBuffer(),
    numbered(),
    movingAvif([photo(), photo().negate()]),
    photo()
      .png({ palette: false })
      .toBuffer()
      .then((png) => apng([{ png }, { png, x: 0, isOver: true }])),
    raw(),
  ])
  return made.map((each) => Buffer.from(each))
}

/** An AVIF whose colours are named by numbers. */
const numbered = async () =>
  heifFile(codedIn(await photo().avif({ effort: 0 }).toBuffer()), { colours: colourNumbers(9, 16, 9) })

async function raw() {
  const [thumbnail, preview] = await Promise.all(
    [150, 1200].map((width) =>
      photo({ width, height: (width * 2) / 3 })
        .jpeg()
        .toBuffer(),
    ),
  )
  return rawFile({ thumbnail: thumbnail!, preview: preview!, orientation: 6, isDng: true })
}

/** Photos in one colour that contain the canary and are about as large as the photos decoded after them. */
async function victims(): Promise<Buffer[]> {
  const plain = (r: number, g: number, b: number) =>
    photo({ width: 640, height: 480 }).flatten({ background: { r, g, b } }).linear([0, 0, 0], [r, g, b])
  const files = await Promise.all([
    plain(255, 0, 255).png().toBuffer(),
    plain(0, 255, 0)
      .jpeg()
      .withExif({ IFD0: { Make: CANARY } })
      .toBuffer(),
  ])
  return files.map((file) => Buffer.concat([file, Buffer.from(CANARY.repeat(50))]))
}

/**
 * Sends mutated photos through the real worker one after another. Each is decoded twice, after two different photos.
 * Both results must be identical, because a difference would come from the photo before.
 */
export async function soakFuzz({
  files,
  until = Number.POSITIVE_INFINITY,
  seed = Date.now() % 1e6,
  tell = () => {},
}: {
  files: number
  /** The end by `performance.now()`, for a soak that takes a certain time. */
  until?: number | undefined
  seed?: number
  tell?: (line: string) => void
}): Promise<Fuzzed> {
  const dir = await mkdtemp(join(tmpdir(), 'pinhole-fuzz-'))
  const worker = createMediaWorker({
    command: mediaWorkerCommand(),
    nativeDir: join(dir, 'native'),
    workersDir: join(dir, 'workers'),
    timeoutMs: 20_000,
    pollMs: 50,
  })
  const roll = dice(seed)
  const done: Fuzzed = { files: 0, shown: 0, refused: {}, crashes: 0, leaks: [], slowestMs: 0, mostMb: 0, seed }
  const watch = setInterval(() => {
    const ofWorker = residentBytes(process.pid) - process.memoryUsage.rss()
    done.mostMb = Math.max(done.mostMb, Math.round(ofWorker / 1024 ** 2))
  }, 100)
  using _watch = { [Symbol.dispose]: () => clearInterval(watch) }
  const [originals, before] = [await seeds(), await victims()]

  /** The bytes of all renditions, an error code, or `crashed`. */
  async function develop(bytes: Buffer): Promise<Buffer | string> {
    const [input, output] = [join(dir, 'original'), join(dir, 'output')]
    await Bun.write(input, bytes)
    await mkdir(output, { recursive: true })
    const start = performance.now()
    try {
      await worker.image({ input, output })
      const names = (await readdir(output, { recursive: true })).filter((name) => name.endsWith('.webp')).sort()
      return Buffer.concat(await Promise.all(names.map((name) => Bun.file(join(output, name)).bytes())))
    } catch (error) {
      if (error instanceof BadMedia) return error.code
      if (error instanceof WorkerStopped) return 'crashed'
      throw error
    } finally {
      done.slowestMs = Math.max(done.slowestMs, Math.round(performance.now() - start))
      await rm(output, { recursive: true, force: true })
    }
  }

  try {
    for (; done.files < files && performance.now() < until; done.files++) {
      const mutant = mutate(originals, roll)
      const kept = join(tmpdir(), `pinhole-fuzz-${seed}-${done.files}`)
      const results: (Buffer | string)[] = []
      for (const victim of before) {
        if (typeof (await develop(victim)) === 'string')
          throw new Error(`An ordinary photo was refused after ${done.files} files (seed ${seed}).`)
        results.push(await develop(mutant))
      }
      const [first, second] = results.map((result) =>
        typeof result === 'string' ? result : new Bun.CryptoHasher('sha256').update(result).digest('hex'),
      )
      const shown = results.filter((result) => typeof result !== 'string')
      if (first !== second || shown.some((result) => result.includes(CANARY))) {
        await Bun.write(kept, mutant)
        done.leaks.push(`${kept}: ${first} / ${second}`)
      }
      if (shown.length) done.shown++
      else if (first === 'crashed') {
        done.crashes++
        await Bun.write(kept, mutant)
        tell(`${kept}: the worker crashed`)
      } else done.refused[first!] = (done.refused[first!] ?? 0) + 1
      if (done.files % 200 === 199) tell(JSON.stringify({ ...done, files: done.files + 1 }))
    }
  } finally {
    await worker.stop()
    await rm(dir, { recursive: true })
  }
  return done
}
