import type { Trim } from '../../../shapes/edits'
import { type Engine, GUARDS, INPUT, OUTPUT } from '../ffmpeg/engine'
import { MAX_BITS_PER_SECOND, MAX_FRAMES_PER_SECOND, MAX_VIDEO_SECONDS, MP4_SIDES } from '../limits'
import { cutGraph } from './cut-graph'
import type { Cuts } from './cuts'
import type { Picture, Probed, Sound } from './probe'

/** Containers whose timestamps can be relied on, so that they can be kept. */
const WELL_TIMED = ['mov,mp4', 'matroska']

const isWellTimed = ({ container }: Pick<Probed, 'container'>) => WELL_TIMED.some((name) => container.startsWith(name))

/** The measured rate may be slightly above the real one, for example 60.02. */
const mayKeepRate = (frames: number) => frames > 0 && frames <= MAX_FRAMES_PER_SECOND + 0.5

/**
 * Whether every browser can play the picture, so that it can be kept. The container, sound and metadata do not matter.
 */
export function canKeep({ container, bitsPerSecond, picture }: Probed): boolean {
  const { width, height } = fitted(picture)
  return (
    isWellTimed({ container }) &&
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

/** Fits a size into the limits with even sides, without enlarging it. */
export function fitted(
  { width, height }: { width: number; height: number },
  sides: { longer: number; shorter: number } = MP4_SIDES,
) {
  const scale = Math.min(1, sides.longer / Math.max(width, height), sides.shorter / Math.min(width, height))
  const even = (side: number) => Math.max(2, 2 * Math.floor((side * scale + 0.5) / 2))
  return { width: even(width), height: even(height) }
}

/** Keeps only slices and parameter sets of H.264, because cameras and encoders put messages into the other units. */
export const WITHOUT_MESSAGES = ['-bsf:v', 'filter_units=pass_types=1-5|7-8']

/**
 * Removes everything except picture and sound: tags (places, names of cameras and programs), chapters and other tracks.
 */
export const WITHOUT_METADATA = [
  ...['-map_metadata', '-1', '-map_metadata:s:v', '-1', '-map_metadata:s:a', '-1', '-map_chapters', '-1'],
  ...['-metadata:s:v', 'encoder=H.264', '-metadata:s:a', 'encoder=AAC'], // otherwise ffmpeg writes its own name
  ...['-sn', '-dn', '-write_tmcd', '0', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
]

/** Makes the MP4 playable while it loads. */
const MP4 = ['-movflags', '+faststart', '-f', 'mp4', OUTPUT]

/** ffmpeg reports errors only, without the lines about its version. */
export const QUIET = ['-hide_banner', '-v', 'error']

/**
 * The longest output in seconds. An edit list or a chain of fragments may repeat the same few bytes forever, so the
 * output may not be much longer than declared. Streams made for tapes and broadcasting only estimate their length.
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

/** Arguments that copy the picture into a new MP4. */
export const keepArgs = (probed: Probed): string[] => [
  ...[...QUIET, ...GUARDS, '-i', INPUT, ...tracks(probed), '-t', String(mostSeconds(probed)), '-c:v', 'copy'],
  ...soundArgs(probed),
  ...[...WITHOUT_MESSAGES, ...WITHOUT_METADATA, ...MP4],
]

/** Arguments that copy the first frame without the crop that an H.264 stream may ask for. */
export const uncroppedArgs = ({ picture }: Probed): string[] => [
  ...[...QUIET, ...GUARDS, '-i', INPUT, '-map', `0:${picture.track}`, '-frames:v', '1', '-c', 'copy'],
  ...['-bsf:v', 'h264_metadata=crop_left=0:crop_right=0:crop_top=0:crop_bottom=0', ...MP4],
]

/** Arguments that convert any video to H.264 and AAC, or the part of it between two times. */
export function convertArgs(
  engine: Pick<Engine, 'name' | 'threads'>,
  probed: Probed,
  trim: Trim | null = null,
): string[] {
  const { picture } = probed
  const threads = ['-threads', String(engine.threads)]
  const rate = framesToMake(picture)
  const ends = trim && trimFilters(probed, trim)
  const length = trim ? (trim.end - trim.start).toFixed(6) : String(mostSeconds(probed))
  return [
    ...[...QUIET, '-filter_threads', String(engine.threads), ...threads, ...(ends?.seek ?? []), ...GUARDS, '-i', INPUT],
    ...[
      ...tracks(probed),
      '-t',
      length,
      '-vf',
      [...(ends?.picture ?? []), ...filters(picture, rate, !!trim)].join(','),
    ],
    ...[...pictureArgs(engine, picture, rate), ...soundArgs(probed, ends?.sound)],
    ...[...WITHOUT_MESSAGES, ...WITHOUT_METADATA, ...MP4],
  ]
}

/**
 * Returns the filters that leave only the frames and samples that begin between two times. Where times can be relied on,
 * everything before them is skipped instead of decoded, as far as it is not needed.
 */
function trimFilters(probed: Probed, { start, end }: Trim) {
  const isSkipped = isWellTimed(probed)
  const [from, until] = (isSkipped ? [0, end - start] : [start, end]).map((time) => time.toFixed(6))
  return {
    seek: isSkipped && start > 0 ? ['-ss', start.toFixed(6)] : [],
    picture: [`trim=start=${from}:end=${until}`, `setpts=PTS-${from}/TB`],
    sound: [`atrim=start=${from}:end=${until}`, `asetpts=PTS-${from}/TB`],
  }
}

/**
 * Arguments that convert only the parts of a video that play. ffmpeg's own handling of edit lists is turned off,
 * because it ignores them in fragments and is exact only to the next packet.
 */
export function cutArgs(engine: Pick<Engine, 'name' | 'threads'>, probed: Probed, cuts: Cuts): string[] {
  const rate = framesToMake(probed.picture)
  const sound = cuts.sound && probed.sound ? probed.sound : null
  const { inputs, graph } = cutGraph(cuts, probed, rate, filters(probed.picture, rate))
  // every input has a decoder of its own
  const decoders = inputs.length > 2 ? 1 : engine.threads
  const opened = inputs.flatMap((seek) => ['-threads', String(decoders), ...seek, ...GUARDS, '-i', INPUT])
  return [
    ...[...QUIET, '-filter_complex_threads', String(engine.threads), '-copyts', ...opened, '-filter_complex', graph],
    ...['-map', '[picture]', ...(sound ? ['-map', '[sound]'] : []), '-t', cuts.seconds.toFixed(6)],
    ...[...pictureArgs(engine, probed.picture, rate), ...soundCodecArgs(sound)],
    ...[...WITHOUT_MESSAGES, ...WITHOUT_METADATA, ...MP4],
  ]
}

/** WebAssembly is about five times slower, so it uses the faster preset and makes larger files. */
export const pictureArgs = ({ name, threads }: Pick<Engine, 'name' | 'threads'>, picture: Picture, rate: number) => [
  ...['-c:v', 'libx264', '-preset', name === 'native' ? 'veryfast' : 'superfast', '-crf', '23', '-profile:v', 'high'],
  ...['-threads', String(threads), ...bitRate(picture, rate)],
  ...['-g', String(Math.round(rate * SECONDS_BETWEEN_KEY_FRAMES)), ...(picture.isRgb ? TAGGED : [])],
]

/** Players take an untagged picture for one or the other matrix, depending on its size. */
const TAGGED = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv']

/** Seeking in a video first goes to a key frame. */
const SECONDS_BETWEEN_KEY_FRAMES = 4

/**
 * The frame rate of the output: the highest rate of the video, or the usual one when the container only counts clock
 * ticks.
 */
function framesToMake({ frames, mostFrames }: Picture): number {
  if (mayKeepRate(mostFrames)) return Math.min(MAX_FRAMES_PER_SECOND, mostFrames)
  return mayKeepRate(frames) ? Math.min(MAX_FRAMES_PER_SECOND, Math.ceil(frames)) : MAX_FRAMES_PER_SECOND
}

/**
 * Builds the filters. ffmpeg has rotated the picture before they run. Frames get equal distances, which every player
 * handles best. With `fromStart`, the first frame is shown from the start on, even if it begins a little later.
 */
function filters(picture: Picture, rate: number, fromStart = false): string[] {
  const { width, height } = fitted(picture)
  return [
    ...(picture.isInterlaced ? ['yadif=deint=interlaced'] : []),
    ...editFilters(picture),
    `fps=${Number(rate.toFixed(3))}${fromStart ? ':start_time=0' : ''}`,
    `scale=${width}:${height}${picture.isRgb ? ':out_color_matrix=bt709:out_range=tv' : ''}`,
    'setsar=1',
    ...(picture.isHdr || picture.isWideGamut ? toCommonColours(picture) : []),
    'format=yuv420p',
    ...(picture.isRgb ? ['setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709'] : []),
  ]
}

const TURNS: Record<number, string[]> = { 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] }

/** Crops and turns. The pixels of the frames may not be square yet, so the crop is given in parts of the frame. */
function editFilters({ edit }: Picture): string[] {
  if (!edit) return []
  const { crop, turn = 0, whole } = edit
  const [wide, high] = [
    (pixels: number) => `iw*${pixels}/${whole.width}`,
    (pixels: number) => `ih*${pixels}/${whole.height}`,
  ]
  const cropped = crop && `crop=${wide(crop.width)}:${high(crop.height)}:${wide(crop.x)}:${high(crop.y)}:exact=1`
  return [...(cropped ? [cropped] : []), ...(TURNS[turn] ?? [])]
}

/**
 * Converts to BT.709: linear light first, then compressed highlights, then the colours and curve of BT.709. The exact
 * curve of HLG keeps the hue, because it makes red, green and blue brighter by the same factor.
 */
const toCommonColours = ({ isHdr, isHlg }: Picture) => [
  ...(isHdr
    ? [
        `zscale=transfer=linear:npl=203${isHlg ? ':agamma=false' : ''}`,
        'format=gbrpf32le',
        'zscale=primaries=bt709',
        'tonemap=tonemap=mobius:desat=0',
      ]
    : []),
  'zscale=primaries=bt709:transfer=bt709:matrix=bt709:range=tv',
]

/** Limits the bit rate to one bit per ten pixels. Small or calm videos need less on their own. */
function bitRate(picture: Picture, rate: number): string[] {
  const { width, height } = fitted(picture)
  const most = Math.round(Math.min(MAX_BITS_PER_SECOND, Math.max(500_000, width * height * rate * 0.1)))
  return ['-maxrate', String(most), '-bufsize', String(2 * most)]
}

/**
 * Always converts sound, which is cheap, because encoders put messages between the samples that no filter can remove.
 */
const soundArgs = ({ sound }: Pick<Probed, 'sound'>, trim?: string[]): string[] =>
  sound ? [...soundCodecArgs(sound), '-af', trim ? trimmedSound(trim) : 'aresample=async=1'] : []

/** Where the sound starts late or ends early, silence takes its place. */
const trimmedSound = (trim: string[]) => [...trim, 'aresample=async=1:first_pts=0', 'apad'].join(',')

function soundCodecArgs(sound: Sound | null): string[] {
  if (!sound) return []
  return [
    ...['-c:a', 'aac', '-b:a', sound.channels === 1 ? '96k' : '160k', '-ac', String(Math.min(2, sound.channels))],
    ...(sound.samplesPerSecond > 48_000 ? ['-ar', '48000'] : []),
  ]
}

/** Arguments that extract one frame of the finished video as pixels. */
export const frameArgs = (atSecond: number, { width, height }: { width: number; height: number }): string[] => [
  ...[...QUIET, '-ss', atSecond.toFixed(3), ...GUARDS, '-i', INPUT, '-map', '0:v:0', '-frames:v', '1'],
  ...['-vf', `scale=${width}:${height}`, '-pix_fmt', 'rgb24', '-f', 'rawvideo', OUTPUT],
]
