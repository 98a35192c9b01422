import type { Edit } from '../../../shapes/edits'
import { BadMedia } from '../errors'
import { type Ended, type Engine, GUARDS, INPUT } from '../ffmpeg/engine'
import { MAX_STREAMS, MAX_VIDEO_PIXELS, MAX_VIDEO_SECONDS, PROBE_TIMEOUT_MS } from '../limits'

/** The properties of a video that its processing needs. */
export type Probed = {
  container: string
  /** Null when the container does not state the length, as in recordings of browsers. */
  seconds: number | null
  bitsPerSecond: number | null
  picture: Picture
  sound: Sound | null
  /** The codec of the sound if it is left out because ffmpeg does not know it. */
  droppedSound?: string
}

export type Picture = {
  /** The index of the track in the file. */
  track: number
  /** The number of the track inside an MP4 or QuickTime file. Null in other containers. */
  id: number | null
  codec: string
  pixelFormat: string
  /** Dimensions after rotation, with square pixels. */
  width: number
  height: number
  hasSquarePixels: boolean
  /** Players have to turn the picture, because it is stored in another way than it is shown. */
  isTurned: boolean
  isInterlaced: boolean
  /** The usual and the highest number of frames per second. */
  frames: number
  mostFrames: number
  /** The picture uses PQ or HLG, which are brighter than ordinary screens can show. */
  isHdr: boolean
  isHlg: boolean
  /** The picture has colours that ordinary screens cannot show. */
  isWideGamut: boolean
  /** The picture is stored as red, green and blue instead of brightness and colour. */
  isRgb: boolean
  /** The changes that the author wants, and the size before them. The size above is that afterwards. */
  edit?: Pick<Edit, 'crop' | 'turn'> & { whole: { width: number; height: number } }
}

export type Sound = { track: number; id: number | null; codec: string; channels: number; samplesPerSecond: number }

/** The part of ffprobe's output that is used here. */
type Stream = {
  index: number
  id?: string
  codec_type?: string
  codec_name?: string
  codec_tag_string?: string
  width?: number
  height?: number
  pix_fmt?: string
  sample_aspect_ratio?: string
  field_order?: string
  avg_frame_rate?: string
  r_frame_rate?: string
  color_transfer?: string
  color_primaries?: string
  start_time?: string
  duration_ts?: number
  channels?: number
  sample_rate?: string
  duration?: string
  disposition?: { attached_pic?: number; default?: number }
  side_data_list?: { rotation?: number; side_data_type?: string }[]
  tags?: { rotate?: string }
}
type Found = {
  format?: { format_name?: string; start_time?: string; duration?: string; bit_rate?: string; nb_streams?: number }
  streams?: Stream[]
}

/** Reads the headers and some frames. Throws `BadMedia` when the file is not a video or exceeds the limits. */
export async function probe(engine: Engine, input: string): Promise<Probed> {
  const args = ['-v', 'error', ...GUARDS, '-show_format', '-show_streams', '-of', 'json', INPUT]
  const ended = await engine.run({ program: 'ffprobe', args, input, timeoutMs: PROBE_TIMEOUT_MS })
  return understand(found(ended))
}

function found({ isTimeout, printed, log }: Ended): Found {
  if (isTimeout) throw new BadMedia('too_slow')
  try {
    return JSON.parse(printed)
  } catch {
    throw new BadMedia('unreadable', { cause: log })
  }
}

/** Reads what ffprobe found. Throws `BadMedia` for a video that cannot be shown. */
export function understand({ format, streams = [] }: Found): Probed {
  if (!format?.format_name) throw new BadMedia('unreadable')
  if (streams.length > MAX_STREAMS) throw new BadMedia('too_many_streams')
  const video = shown(streams.filter((each) => each.codec_type === 'video' && each.disposition?.attached_pic !== 1))
  if (!video) throw new BadMedia('no_picture')
  const audio = shown(streams.filter(({ codec_type, channels }) => codec_type === 'audio' && channels))
  if (isEncrypted(video) || (audio && isEncrypted(audio))) throw new BadMedia('encrypted')
  if (!video.width || !video.height) throw new BadMedia('unreadable')
  if (!video.codec_name) throw new BadMedia('codec', { values: { codec: nameOf(video) } })
  if (video.width * video.height > MAX_VIDEO_PIXELS) throw new BadMedia('frame_too_large')
  const hasLength = video.duration_ts !== UNKNOWN_LENGTH
  const seconds = hasLength ? secondsOf(format, video, audio) : null
  if (seconds && seconds > MAX_VIDEO_SECONDS) throw new BadMedia('too_long')
  return {
    container: format.format_name,
    seconds,
    bitsPerSecond: hasLength ? positive(format.bit_rate) : null,
    picture: pictureOf(video),
    sound: soundOf(audio?.codec_name ? audio : undefined),
    ...(audio && !audio.codec_name && { droppedSound: nameOf(audio) }),
  }
}

/** What people call a codec that stands in the file only as four letters. */
const NAMES: Record<string, string> = {
  vvc1: 'VVC (H.266)',
  vvi1: 'VVC (H.266)',
  dav1: 'Dolby Vision (AV1)',
  dvh1: 'Dolby Vision',
  dvhe: 'Dolby Vision',
  apvx: 'APV',
  evc1: 'EVC',
  av1: 'AV1',
  fpcm: 'PCM (fpcm)',
  ipcm: 'PCM (ipcm)',
  mhm1: 'MPEG-H',
  'ac-4': 'AC-4',
}

/** The name of a codec for people. */
export const codecName = (name: string) => NAMES[name.toLowerCase()] ?? name

const nameOf = ({ codec_name, codec_tag_string = '' }: Stream) =>
  codecName(codec_name ?? (/^[\w .-]+$/.test(codec_tag_string) ? codec_tag_string : '?'))

/** Players show the first track that is enabled. Phones put other views of the same scene into disabled ones. */
const shown = (streams: Stream[]) => streams.find(({ disposition }) => disposition?.default === 1) ?? streams[0]

const isEncrypted = ({ side_data_list = [] }: Stream) =>
  side_data_list.some(({ side_data_type }) => side_data_type?.startsWith('Encryption'))

/** The length of all ones that a recording has while nobody knows how long it will be. */
const UNKNOWN_LENGTH = 0xffff_ffff

/**
 * How long a video plays. MP4 and Matroska count the time before the first frame as well. The length of the track
 * counts when that of the file is unknown.
 */
function secondsOf(format: NonNullable<Found['format']>, video: Stream, audio?: Stream): number | null {
  const [whole, track] = [positive(format.duration), positive(video.duration)]
  const stated = whole && track && whole > MAX_VIDEO_SECONDS ? Math.min(whole, track) : (whole ?? track)
  const start = positive(format.start_time)
  if (!stated || !start || !/^(mov|matroska)/.test(format.format_name ?? '')) return stated
  if (!track) return start < stated ? stated - start : stated
  const ends = [video, audio].map((each) => Number(each?.start_time ?? 0) + Number(each?.duration ?? 0) || 0)
  return Math.min(stated, Math.max(...ends) - start)
}

function pictureOf(stream: Stream): Picture {
  const aspect = pixelAspect(stream)
  const stored = { width: Math.round(stream.width! * aspect), height: stream.height! }
  const turn =
    stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? Number(stream.tags?.rotate ?? 0)
  const isTurned = Math.abs(Math.round(turn / 90)) % 2 === 1
  const usual = ratio(stream.avg_frame_rate)
  const most = ratio(stream.r_frame_rate)
  return {
    track: stream.index,
    id: Number(stream.id) || null,
    codec: stream.codec_name!,
    pixelFormat: stream.pix_fmt ?? '',
    width: isTurned ? stored.height : stored.width,
    height: isTurned ? stored.width : stored.height,
    hasSquarePixels: aspect === 1,
    isTurned: turn % 360 !== 0,
    isInterlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? ''),
    frames: usual || most,
    mostFrames: most || usual,
    isHdr: ['smpte2084', 'arib-std-b67'].includes(stream.color_transfer ?? ''),
    isHlg: stream.color_transfer === 'arib-std-b67',
    isWideGamut: ['bt2020', 'smpte431', 'smpte432'].includes(stream.color_primaries ?? ''),
    isRgb: /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8)/.test(stream.pix_fmt ?? ''),
  }
}

function soundOf(stream: Stream | undefined): Sound | null {
  if (!stream) return null
  return {
    track: stream.index,
    id: Number(stream.id) || null,
    codec: stream.codec_name!,
    channels: stream.channels!,
    samplesPerSecond: Number(stream.sample_rate ?? 0),
  }
}

/**
 * The smallest and largest pixel aspect ratio. They cover the widest film formats; a ratio beyond them is a mistake or
 * an attack.
 */
const [THINNEST, FLATTEST] = [1 / 4, 4]

function pixelAspect({ sample_aspect_ratio }: Stream): number {
  const aspect = ratio(sample_aspect_ratio?.replace(':', '/'))
  return aspect >= THINNEST && aspect <= FLATTEST ? aspect : 1
}

/** Parses a ratio such as `30000/1001`. Returns 0 when it is unknown. */
function ratio(text = ''): number {
  const [over = 0, under = 1] = text.split('/').map(Number)
  return over > 0 && under > 0 ? over / under : 0
}

const positive = (text: string | undefined) => (Number(text) > 0 ? Number(text) : null)
