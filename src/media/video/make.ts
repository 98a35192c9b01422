import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Edit } from '../../../shapes/edits'
import { isCut } from '../edit'
import { BadMedia, type Note } from '../errors'
import type { Ended, Engine } from '../ffmpeg/engine'
import { openEngine, openToneMapper } from '../ffmpeg/open'
import { sha256OfStream } from '../hash'
import { conversionTimeoutMs, LONGEST_SIDE, PROBE_TIMEOUT_MS } from '../limits'
import { dataUrl, encode, encodeBlurred, writePictures } from '../pictures'
import { type CoverResult, renditionFile, type VideoResult, type VideoTask } from '../renditions'
import { SNIFF_BYTES, sniff } from '../sniff'
import { shrink } from '../still'
import { canKeep, convertArgs, cutArgs, fitted, keepArgs, uncroppedArgs } from './arguments'
import { findCuts } from './cuts'
import { type Edited, editVideo } from './edit'
import { complaint } from './failure'
import { pickFrame } from './frame'
import { readMovie } from './movie'
import { codecName, type Probed, probe } from './probe'

/** The length in seconds that is assumed when the container does not state it. */
const ASSUMED_SECONDS = 3600

/** Codecs that the embedded ffmpeg cannot decode. */
const NOT_EMBEDDED = ['av1']

/** Makes the renditions of one video. Progress runs from 0 to 1. */
export async function makeVideo(
  { input, output, ffmpeg, edit = {} }: VideoTask,
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
  const cuts = movie && (await findCuts(converter, input, movie, original))
  const whole = cuts ? { ...original, seconds: cuts.seconds, sound: cuts.sound && original.sound } : original
  const edited = editVideo(whole, cuts, edit)
  const keeps = !cuts && !isCut(edit) && canKeep(original) && (!!movie || !original.container.startsWith('mov,mp4'))
  const files = { input, output: mp4 }
  const made = await makeMp4(converter, edited, keeps, files, (done) => progress(0.02 + done * 0.9))
  const { placeholder, renditions } = await coverOf(engine, mp4, made, edit, output)
  const file = Bun.file(mp4)
  const { width, height } = made.picture
  const video = { type: 'video/mp4', width, height, bytes: file.size, sha256: await sha256OfStream(file) }
  progress(1)
  const duration = Number(made.seconds.toFixed(3))
  return {
    width: edited.probed.picture.width,
    height: edited.probed.picture.height,
    duration,
    original: { ...sizeOf(original), duration: edit.trim ? (whole.seconds ?? null) : duration },
    type: sniffed.type,
    sha256,
    placeholder,
    ...(original.droppedSound && { note: { code: 'sound_dropped', values: { codec: original.droppedSound } } as Note }),
    renditions: { mp4: video, ...renditions },
  }
}

const sizeOf = ({ picture: { width, height } }: Probed) => ({ width, height })

/** Makes the pictures of a video again from the MP4 that was made before. */
export async function makeCover({ input, output, ffmpeg, edit = {} }: VideoTask): Promise<CoverResult> {
  const engine = openEngine(ffmpeg, output)
  const probed = await probe(engine, input)
  if (probed.seconds === null) throw new BadMedia('unreadable')
  return coverOf(engine, input, { ...probed, seconds: probed.seconds }, edit, output)
}

async function coverOf(engine: Engine, mp4: string, made: Made, { cover, trim }: Edit, output: string) {
  const chosen = cover === undefined ? undefined : Math.max(0, cover - (trim?.start ?? 0))
  const frame = await pickFrame(engine, mp4, made, join(output, 'frame'), chosen)
  const blurred = await encodeBlurred(frame, made.picture)
  const renditions = await writePictures(output, {
    poster: await encode(frame()),
    thumb: await encode(shrink(frame(), LONGEST_SIDE.thumb)),
    blurred,
  })
  return { placeholder: dataUrl(blurred), renditions }
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
  { probed, trim, cuts }: Edited,
  keeps: boolean,
  files: Files,
  progress: (done: number) => void,
): Promise<Made> {
  if (cuts) return run(engine, probed, cutArgs(engine, probed, cuts), files, progress, true)
  if (keeps)
    try {
      await refuseCropped(engine, probed, files)
      return await run(engine, probed, keepArgs(probed), files, progress, false)
    } catch (error) {
      if (!(error instanceof BadMedia) || error.code === 'too_slow') throw error
    }
  return run(engine, probed, convertArgs(engine, probed, trim), files, progress, true)
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
  if (isTooShort(seconds, original))
    throw new BadMedia('unreadable', { cause: `${seconds} of ${original.seconds} seconds. ${log}` })
  return { ...made, seconds }
}

/**
 * Whether the output is shorter than the original. Streams made for tapes and broadcasting do not state their length,
 * so for them ffprobe only guesses.
 */
const isTooShort = (seconds: number, original: Probed) =>
  original.seconds !== null &&
  !original.container.startsWith('mpeg') &&
  original.seconds - seconds > 0.5 + original.seconds * 0.05
