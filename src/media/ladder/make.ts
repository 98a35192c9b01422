import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { openEngine } from '../ffmpeg/open'
import { sha256Of, sha256OfStream } from '../hash'
import { conversionTimeoutMs, MAX_INDEX_BYTES } from '../limits'
import { encode, writePictures } from '../pictures'
import { type LadderName, type LadderResult, type Rendition, renditionFile, type VideoTask } from '../renditions'
import { fitted } from '../video/arguments'
import { complaint } from '../video/failure'
import { type Probed, probe } from '../video/probe'
import { ladderArgs, type Previews } from './arguments'
import { longestGap, readFragments } from './fragments'
import { type Level, smallerLevels } from './levels'
import { type Quality, qualityList, segmentList } from './playlists'

/** Where key frames are further apart, the picture of the MP4 is encoded again, because a segment must begin with one. */
const LONGEST_SEGMENT_SECONDS = 12

/** The most previews of a video, and their longest side. All of them lie below each other in one picture. */
const MOST_PREVIEWS = 100
const PREVIEW_SIDE = 160

/**
 * Makes the qualities of a video and its previews from the MP4 that people see, so that nothing which its author cut away
 * can be in them.
 */
export async function makeLadder(
  { input, output, ffmpeg }: VideoTask,
  tell: (done: number) => void,
): Promise<LadderResult> {
  const engine = openEngine(ffmpeg, output)
  const probed = await probe(engine, input)
  const { picture } = probed
  const seconds = probed.seconds ?? 0
  const smaller = smallerLevels(picture, picture.frames, probed.bitsPerSecond ?? 0)
  if (!smaller.length) return { renditions: {} }
  const copies = !picture.isTurned && (await longestGap(input, MAX_INDEX_BYTES)) <= LONGEST_SEGMENT_SECONDS
  const { width, height } = picture
  const whole: Level = { side: Math.min(width, height), width, height, rate: picture.frames, mostBits: 0 }
  const levels = [...smaller, whole]
  const previews = previewsOf(probed, seconds)

  const paths = levels.map(({ side }) => join(output, renditionFile(`${side}p`)))
  const raw = join(output, 'previews')
  await mkdir(dirname(paths[0]!), { recursive: true })
  try {
    const ended = await engine.run({
      program: 'ffmpeg',
      args: ladderArgs(engine, probed, copies ? 'copy' : whole, smaller, previews),
      input,
      outputs: [...paths, raw],
      isLong: true,
      timeoutMs: conversionTimeoutMs(seconds, Bun.file(input).size),
      onProgress: (done) => tell(Math.min(1, done / Math.max(seconds, 1))),
    })
    if (!ended.ok) throw complaint(ended)
    return { renditions: { ...(await listed(output, levels)), ...(await writePreviews(output, raw, previews)) } }
  } finally {
    await rm(raw, { force: true })
  }
}

/** Writes the playlists of qualities that were made, and describes all files. */
async function listed(output: string, levels: Level[]): Promise<Record<string, Rendition>> {
  const renditions: Record<string, Rendition> = {}
  const qualities: Quality[] = []
  for (const { side, width, height, rate } of levels) {
    const name = `${side}p` as const
    const list = `${side}p-list` as const
    const path = join(output, renditionFile(name))
    const made = await readFragments(path)
    const file = Bun.file(path)
    renditions[name] = { type: 'video/mp4', width, height, bytes: file.size, sha256: await sha256OfStream(file) }
    renditions[list] = await writeList(output, list, { width, height }, segmentList(fileOf(name), made))
    qualities.push({ list: fileOf(list), width, height, rate, made })
  }
  const { width, height } = qualities.at(-1)!
  return { ...renditions, hls: await writeList(output, 'hls', { width, height }, qualityList(qualities)) }
}

/** The address of a rendition, seen from another one in the same folder. */
const fileOf = (name: LadderName) => renditionFile(name).slice('full/'.length)

async function writeList(output: string, name: LadderName, size: { width: number; height: number }, text: string) {
  const bytes = Buffer.from(text)
  await Bun.write(join(output, renditionFile(name)), bytes)
  return { type: 'application/vnd.apple.mpegurl', ...size, bytes: bytes.length, sha256: sha256Of(bytes) }
}

const previewsOf = ({ picture }: Probed, seconds: number): Previews => ({
  ...fitted(picture, { longer: PREVIEW_SIDE, shorter: PREVIEW_SIDE }),
  every: Math.max(1, Math.ceil(seconds / MOST_PREVIEWS)),
})

/** Stores the previews as one picture. Its size is that of one of them, and `every` says how many seconds apart they are. */
async function writePreviews(output: string, raw: string, { width, height, every }: Previews) {
  const pixels = await Bun.file(raw).bytes()
  const count = Math.min(MOST_PREVIEWS, Math.floor(pixels.length / (width * height * 3)))
  if (!count) return {}
  const all = { raw: { width, height: height * count, channels: 3 as const } }
  const sheet = await encode(sharp(pixels.subarray(0, width * height * 3 * count), all), { quality: 60 })
  const { scrub } = await writePictures(output, { scrub: sheet })
  return { scrub: { ...scrub, height, every } }
}
