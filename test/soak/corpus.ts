import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMediaWorker } from '../../src/media/client'
import { mediaWorkerCommand } from '../../src/media/command'
import { BadMedia, WorkerStopped } from '../../src/media/errors'
import { installedFfmpeg } from '../../src/media/ffmpeg/find'
import { renditionFile } from '../../src/media/renditions'
import { SNIFF_BYTES, sniff } from '../../src/media/sniff'
import { type Looks, readers } from './readers'

export type Corpus = {
  files: number
  ready: number
  refused: Record<string, number>
  crashes: number
  differences: number
}

/**
 * Puts every file of a folder through the media worker, and compares what comes out with what exiftool and ffprobe read
 * in the original, where they are installed. Each difference is printed; a person has to judge who is right.
 */
export async function soakCorpus({ folder, tell = () => {} }: { folder: string; tell?: (line: string) => void }) {
  const dir = await mkdtemp(join(tmpdir(), 'pinhole-corpus-'))
  const places = { command: mediaWorkerCommand(), nativeDir: join(dir, 'native'), workersDir: join(dir, 'workers') }
  const worker = createMediaWorker({ ...places, ffmpeg: installedFfmpeg(process.env.PATH ?? '') })
  const done: Corpus = { files: 0, ready: 0, refused: {}, crashes: 0, differences: 0 }
  const refuse = (name: string, code: string) => {
    done.refused[code] = (done.refused[code] ?? 0) + 1
    tell(`${name}: refused (${code})`)
  }

  async function put(name: string, input: string) {
    const kind = sniff(await Bun.file(input).slice(0, SNIFF_BYTES).bytes())?.kind
    if (!kind) return refuse(name, 'unsupported')
    const output = join(dir, 'output')
    await mkdir(output, { recursive: true })
    const { width, height, ...result } = await worker[kind]({ input, output })
    const made: Looks = { width, height }
    const large = join(output, renditionFile(kind === 'image' ? 'full' : 'mp4'))
    const shown = await readers.looks(large, kind)
    if (kind === 'video')
      Object.assign(made, { seconds: 'duration' in result ? result.duration : 0, sound: shown.sound })
    if (shown.colour) made.colour = shown.colour
    const found = differences(await readers.looks(input, kind), made)
    for (const path of await readdir(output, { recursive: true }))
      for (const tag of /\.(webp|mp4)$/.test(path) ? await readers.privateTags(join(output, path)) : [])
        found.push(`${path} contains ${tag}`)
    done.ready++
    done.differences += found.length
    for (const each of found) tell(`${name}: ${each}`)
  }

  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((each) => each.isFile())) {
      const path = join(entry.parentPath, entry.name)
      done.files++
      try {
        await put(path.slice(folder.length + 1), path)
      } catch (error) {
        if (error instanceof BadMedia) refuse(path, error.code)
        else if (error instanceof WorkerStopped) {
          done.crashes++
          tell(`${path}: the worker crashed`)
        } else throw error
      } finally {
        await rm(join(dir, 'output'), { recursive: true, force: true })
      }
    }
  } finally {
    await worker.stop()
    await rm(dir, { recursive: true, force: true })
  }
  return done
}

/** The largest mean difference of colours, of 255, that is not worth mentioning. */
const CLOSE_COLOUR = 12

/** What a reader found in the original, compared with what was made of it. What the reader does not know is left out. */
export function differences(original: Looks, made: Looks): string[] {
  const found: string[] = []
  const size = ({ width, height }: Looks) => `${width} × ${height}`
  if (original.width && size(original) !== size(made)) found.push(`${size(made)} instead of ${size(original)}`)
  if (original.seconds && made.seconds && Math.abs(original.seconds - made.seconds) > 0.2 + original.seconds * 0.03)
    found.push(`${made.seconds} instead of ${original.seconds} seconds`)
  if (original.sound !== undefined && original.sound !== made.sound)
    found.push(original.sound ? 'the sound is missing' : 'there is sound')
  if (original.colour && made.colour) {
    const off = original.colour.reduce((sum, value, i) => sum + Math.abs(value - made.colour![i]!), 0)
    const mean = off / original.colour.length
    if (mean > CLOSE_COLOUR) found.push(`the colours differ by ${mean.toFixed(1)}`)
  }
  return found
}
