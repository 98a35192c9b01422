import { type Engine, GUARDS, INPUT, OUTPUT } from '../ffmpeg/engine'
import { MAX_BITS_PER_SECOND, MAX_FRAMES_PER_SECOND, MAX_VIDEO_SECONDS, MP4_SIDES } from '../limits'
import type { Picture, Probed } from './probe'

/** Timestamps of these can be taken over as they are. */
const WELL_TIMED = ['mov,mp4', 'matroska']

/** A little more than what is asked for is measured now and then: 60.02 frames. */
const mayKeepRate = (frames: number) => frames > 0 && frames <= MAX_FRAMES_PER_SECOND + 0.5

/** Whether every browser plays the picture, so that it need not be made anew: container, sound and metadata do not matter. */
export function canKeep({ container, bitsPerSecond, picture }: Probed): boolean {
  const { width, height } = fitted(picture)
  return (
    WELL_TIMED.some((name) => container.startsWith(name)) &&
    picture.codec === 'h264' &&
    picture.pixelFormat === 'yuv420p' &&
    picture.width === width &&
    picture.height === height &&
    picture.hasSquarePixels &&
    !picture.isInterlaced &&
    !picture.isHdr &&
    !picture.isWideGamut &&
    mayKeepRate(picture.frames) &&
    bitsPerSecond !== null &&
    bitsPerSecond <= MAX_BITS_PER_SECOND
  )
}

/** The size it is shown in: within the limits, never enlarged, even sides. */
export function fitted(
  { width, height }: { width: number; height: number },
  sides: { longer: number; shorter: number } = MP4_SIDES,
) {
  const scale = Math.min(1, sides.longer / Math.max(width, height), sides.shorter / Math.min(width, height))
  const even = (side: number) => Math.max(2, 2 * Math.floor((side * scale + 0.5) / 2))
  return { width: even(width), height: even(height) }
}

/** Only slices and parameter sets of H.264: in the other units cameras and encoders leave messages. */
const WITHOUT_MESSAGES = ['-bsf:v', 'filter_units=pass_types=1-5|7-8']

/** Nothing about the file but its picture and its sound: no tags (places, names of cameras and programs), chapters or other tracks. */
const WITHOUT_METADATA = [
  ...['-map_metadata', '-1', '-map_metadata:s:v', '-1', '-map_metadata:s:a', '-1', '-map_chapters', '-1'],
  ...['-metadata:s:v', 'encoder=H.264', '-metadata:s:a', 'encoder=AAC'], // or else ffmpeg says who it is
  ...['-sn', '-dn', '-write_tmcd', '0', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
]

/** Playable from its first bytes on. */
const MP4 = ['-movflags', '+faststart', '-f', 'mp4', OUTPUT]

const QUIET = ['-hide_banner', '-v', 'error']

/**
 * A list of edits or a chain of fragments may show the same few bytes for ever: what comes out is not much longer than was said to be.
 * Streams made for tapes and broadcasting only guess.
 */
function mostSeconds({ container, seconds }: Probed): number {
  return seconds === null || container.startsWith('mpeg')
    ? MAX_VIDEO_SECONDS
    : Math.min(MAX_VIDEO_SECONDS, 2 * seconds + 60)
}

const tracks = ({ picture, sound }: Probed) => [
  '-map',
  `0:${picture.track}`,
  ...(sound ? ['-map', `0:${sound.track}`] : []),
]

/** The same picture in an MP4 of ours. */
export const keepArgs = (probed: Probed): string[] => [
  ...[...QUIET, ...GUARDS, '-i', INPUT, ...tracks(probed), '-t', String(mostSeconds(probed)), '-c:v', 'copy'],
  ...soundArgs(probed),
  ...[...WITHOUT_MESSAGES, ...WITHOUT_METADATA, ...MP4],
]

/** H.264 and AAC from whatever it is. */
export function convertArgs(engine: Pick<Engine, 'name' | 'threads'>, probed: Probed): string[] {
  const { picture } = probed
  const threads = ['-threads', String(engine.threads)]
  const rate = framesToMake(picture)
  return [
    ...[...QUIET, '-filter_threads', String(engine.threads), ...threads, ...GUARDS, '-i', INPUT],
    ...[...tracks(probed), '-t', String(mostSeconds(probed)), '-vf', filters(picture, rate).join(',')],
    // WebAssembly is some five times slower: it takes the faster preset, at the price of larger files
    ...[
      '-c:v',
      'libx264',
      '-preset',
      engine.name === 'native' ? 'veryfast' : 'superfast',
      '-crf',
      '23',
      '-profile:v',
      'high',
      ...threads,
    ],
    ...[...bitRate(picture, rate), '-g', String(Math.round(rate * SECONDS_BETWEEN_KEY_FRAMES))],
    ...soundArgs(probed),
    ...[...WITHOUT_MESSAGES, ...WITHOUT_METADATA, ...MP4],
  ]
}

/** Jumping about in a video goes to a key frame first. */
const SECONDS_BETWEEN_KEY_FRAMES = 4

/** As many as there are at its liveliest; where the container only counts ticks of a clock, as many as there usually are. */
function framesToMake({ frames, mostFrames }: Picture): number {
  if (mayKeepRate(mostFrames)) return Math.min(MAX_FRAMES_PER_SECOND, mostFrames)
  return mayKeepRate(frames) ? Math.min(MAX_FRAMES_PER_SECOND, Math.ceil(frames)) : MAX_FRAMES_PER_SECOND
}

/** A picture on its side has been turned before these. Frames come at equal distances, which every player likes best. */
function filters(picture: Picture, rate: number): string[] {
  const { width, height } = fitted(picture)
  return [
    ...(picture.isInterlaced ? ['yadif=deint=interlaced'] : []),
    `fps=${Number(rate.toFixed(3))}`,
    `scale=${width}:${height}`,
    'setsar=1',
    ...(picture.isHdr || picture.isWideGamut ? toCommonColours(picture) : []),
    'format=yuv420p',
  ]
}

/** Light in proportion to the scene, its highlights rolled off, then colours and curve of BT.709. */
const toCommonColours = ({ isHdr }: Picture) => [
  ...(isHdr
    ? ['zscale=transfer=linear:npl=203', 'format=gbrpf32le', 'zscale=primaries=bt709', 'tonemap=tonemap=mobius:desat=0']
    : []),
  'zscale=primaries=bt709:transfer=bt709:matrix=bt709:range=tv',
]

/** A bit for every ten pixels is plenty; what is small or calm takes less by itself. */
function bitRate(picture: Picture, rate: number): string[] {
  const { width, height } = fitted(picture)
  const most = Math.round(Math.min(MAX_BITS_PER_SECOND, Math.max(500_000, width * height * rate * 0.1)))
  return ['-maxrate', String(most), '-bufsize', String(2 * most)]
}

/** Sound is always made anew, which costs little: encoders write messages between its samples, and no filter takes them out. */
function soundArgs({ sound }: Pick<Probed, 'sound'>): string[] {
  if (!sound) return []
  return [
    ...['-c:a', 'aac', '-b:a', sound.channels === 1 ? '96k' : '160k', '-ac', String(Math.min(2, sound.channels))],
    ...['-af', 'aresample=async=1', ...(sound.samplesPerSecond > 48_000 ? ['-ar', '48000'] : [])],
  ]
}

/** One frame at a time of the finished video, as pixels. */
export const frameArgs = (atSecond: number, { width, height }: { width: number; height: number }): string[] => [
  ...[...QUIET, '-ss', atSecond.toFixed(3), ...GUARDS, '-i', INPUT, '-map', '0:v:0', '-frames:v', '1'],
  ...['-vf', `scale=${width}:${height}`, '-pix_fmt', 'rgb24', '-f', 'rawvideo', OUTPUT],
]
