import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BadMedia, type Note } from '../errors'
import type { Ended, Engine } from '../ffmpeg/engine'
import { openEngine, openToneMapper } from '../ffmpeg/open'
import { sha256OfStream } from '../hash'
import { conversionTimeoutMs, LONGEST_SIDE, PROBE_TIMEOUT_MS } from '../limits'
import { shrink } from '../original'
import { dataUrl, encode, encodeBlurred, writePictures } from '../pictures'
import { renditionFile, type VideoResult, type VideoTask } from '../renditions'
import { SNIFF_BYTES, sniff } from '../sniff'
import { canKeep, convertArgs, cutArgs, fitted, keepArgs, uncroppedArgs } from './arguments'
import { findCuts } from './cuts'
import { complaint } from './failure'
import { pickFrame } from './frame'
import { type Movie, readMovie } from './movie'
import { codecName, type Probed, probe } from './probe'

/** The length in seconds that is assumed when the container does not state it. */
const ASSUMED_SECONDS = 3600

/** Codecs that the embedded ffmpeg cannot decode. */
const NOT_EMBEDDED = ['av1']

/** Makes the renditions of one video. Progress runs from 0 to 1. */
export async function makeVideo(
  { input, output, ffmpeg }: VideoTask,
  tell: (done: number) => void,
): Promise<VideoResult> {
  const progress = forward(tell)
  const sniffed = sniff(await Bun.file(input).slice(0, SNIFF_BYTES).bytes())
  if (sniffed?.kind !== 'video') throw new BadMedia('unsupported')
  const engine = openEngine(ffmpeg, output)
  const movie = await readMovie(input)
  if (movie?.isEncrypted) throw new BadMedia('encrypted')
  const original = await probe(engine, input)
  if (engine.name === 'embedded' && NOT_EMBEDDED.includes(original.picture.codec))
    throw new BadMedia('codec', { values: { codec: codecName(original.picture.codec) } })
  const sha256 = await sha256OfStream(Bun.file(input))
  progress(0.02)

  const needsMapping = original.picture.isHdr || original.picture.isWideGamut
  const converter = needsMapping ? openToneMapper(ffmpeg, engine, output) : engine

  const mp4 = join(output, renditionFile('mp4'))
  await mkdir(dirname(mp4), { recursive: true })
  const made = await makeMp4(converter, original, movie, { input, output: mp4 }, (done) => progress(0.02 + done * 0.9))
  const { picture } = made
  const frame = await pickFrame(engine, mp4, made, join(output, 'frame'))
  progress(0.97)
  const blurred = await encodeBlurred(frame, original.picture)
  const pictures = await writePictures(output, {
    poster: await encode(frame()),
    thumb: await encode(shrink(frame(), LONGEST_SIDE.thumb)),
    blurred,
  })
  const file = Bun.file(mp4)
  const { width, height } = picture
  const video = { type: 'video/mp4', width, height, bytes: file.size, sha256: await sha256OfStream(file) }
  progress(1)
  return {
    width: original.picture.width,
    height: original.picture.height,
    duration: Number(made.seconds.toFixed(3)),
    type: sniffed.type,
    sha256,
    placeholder: dataUrl(blurred),
    ...(original.droppedSound && { note: { code: 'sound_dropped', values: { codec: original.droppedSound } } as Note }),
    renditions: { mp4: video, ...pictures },
  }
}

type Files = { input: string; output: string }
type Made = Probed & { seconds: number }

/**
 * Reports only increasing progress, because an encoder that looks ahead may report an earlier frame after a later one.
 */
function forward(tell: (done: number) => void): (done: number) => void {
  let furthest = 0
  return (done) => {
    furthest = Math.max(furthest, done)
    tell(furthest)
  }
}

/**
 * Keeps the picture if possible, and converts it if it cannot be kept or keeping it failed. A video of which something
 * was cut away is always converted, because copied pictures would take the hidden ones along.
 */
async function makeMp4(
  engine: Engine,
  original: Probed,
  movie: Movie | null,
  files: Files,
  progress: (done: number) => void,
): Promise<Made> {
  const isMp4 = original.container.startsWith('mov,mp4')
  const cuts = movie && (await findCuts(engine, files.input, movie, original))
  if (cuts) {
    const left = { ...original, seconds: cuts.seconds, sound: cuts.sound && original.sound }
    return run(engine, left, cutArgs(engine, original, cuts), files, progress, true)
  }
  if (canKeep(original) && (movie || !isMp4))
    try {
      await refuseCropped(engine, original, files)
      return await run(engine, original, keepArgs(original), files, progress, false)
    } catch (error) {
      if (!(error instanceof BadMedia) || error.code === 'too_slow') throw error
    }
  return run(engine, original, convertArgs(engine, original), files, progress, true)
}

/**
 * Refuses a picture of which a part is hidden by a crop, which tools can set without encoding it again. The few pixels
 * that encoders add to fill the last block do not count.
 */
async function refuseCropped(engine: Engine, original: Probed, { input, output }: Files) {
  const args = uncroppedArgs(original)
  const ended = await engine.run({ program: 'ffmpeg', args, input, output, timeoutMs: PROBE_TIMEOUT_MS })
  if (!ended.ok) throw complaint(ended)
  const { width, height } = (await probe(engine, output)).picture
  const shown = [original.picture.width, original.picture.height].sort((a, b) => a - b)
  const stored = [width, height].sort((a, b) => a - b) // the copy may not be turned
  if (stored.some((side, i) => side !== shown[i]))
    throw new BadMedia('unreadable', { cause: 'The picture is cropped.' })
}

async function run(
  engine: Engine,
  original: Probed,
  args: string[],
  { input, output }: Files,
  progress: (done: number) => void,
  isLong: boolean,
): Promise<Made> {
  await rm(output, { force: true })
  const seconds = original.seconds ?? ASSUMED_SECONDS
  const ended = await engine.run({
    program: 'ffmpeg',
    args,
    input,
    output,
    isLong,
    timeoutMs: conversionTimeoutMs(seconds, Bun.file(input).size),
    onProgress: (done) => progress(Math.min(1, done / seconds)),
  })
  if (!ended.ok) throw complaint(ended)
  return checked(await probe(engine, output), original, ended)
}

/** Checks the output as closely as the input, because a program that reports success may have stopped halfway. */
function checked(made: Probed, original: Probed, { log }: Ended): Made {
  const { picture, sound, seconds } = made
  const { width, height } = fitted(original.picture)
  const isPlayable =
    picture.codec === 'h264' &&
    picture.pixelFormat === 'yuv420p' &&
    picture.width === width &&
    picture.height === height
  if (!isPlayable || !seconds || (original.sound && !sound)) throw new BadMedia('unreadable', { cause: log })
  if (isCut(seconds, original))
    throw new BadMedia('unreadable', { cause: `${seconds} of ${original.seconds} seconds. ${log}` })
  return { ...made, seconds }
}

/**
 * Whether the output is shorter than the original. Streams made for tapes and broadcasting do not state their length,
 * so for them ffprobe only guesses.
 */
const isCut = (seconds: number, original: Probed) =>
  original.seconds !== null &&
  !original.container.startsWith('mpeg') &&
  original.seconds - seconds > 0.5 + original.seconds * 0.05
