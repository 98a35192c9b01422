/** What other programs read in a photo or a video. What they do not know is left out. */
export type Looks = {
  /** After rotation. */
  width?: number
  height?: number
  seconds?: number
  sound?: boolean
  /** The colours of 8 × 8 areas. */
  colour?: number[]
}

const output = (command: string[]): Uint8Array | null => {
  if (!Bun.which(command[0]!)) return null
  const { exitCode, stdout } = Bun.spawnSync(command, { stderr: 'ignore', timeout: 60_000 })
  return exitCode === 0 ? stdout : null
}

function json(command: string[]) {
  try {
    return JSON.parse(new TextDecoder().decode(output(command) ?? undefined))
  } catch {
    return null
  }
}

/** Reads a photo with exiftool, and its colours with ffmpeg unless it has to be turned, which ffmpeg does not do. */
function photo(path: string): Looks {
  const fields = ['-ImageWidth', '-ImageHeight', '-Orientation', '-Rotation', '-MIMEType']
  const [found] = json(['exiftool', '-json', '-n', ...fields, path]) ?? []
  if (!found?.ImageWidth) return {}
  const isHeif = /heic|heif|avif/.test(found.MIMEType ?? '')
  const isTurned = isHeif ? found.Rotation === 90 || found.Rotation === 270 : found.Orientation > 4
  const [width, height] = isTurned ? [found.ImageHeight, found.ImageWidth] : [found.ImageWidth, found.ImageHeight]
  const isUpright = isHeif ? !found.Rotation : (found.Orientation ?? 1) === 1
  return { width, height, ...(isUpright && colourOf(path, 0)) }
}

function video(path: string): Looks {
  const found = json(['ffprobe', '-v', 'error', '-show_format', '-show_streams', '-of', 'json', path])
  type Stream = { codec_type: string; width: number; height: number; side_data_list?: { rotation?: number }[] }
  const streams: Stream[] = found?.streams ?? []
  const picture = streams.find(({ codec_type }) => codec_type === 'video')
  if (!picture) return {}
  const turn = picture.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0
  const isTurned = Math.abs(turn / 90) % 2 === 1
  const [width, height] = isTurned ? [picture.height, picture.width] : [picture.width, picture.height]
  const seconds = Number(found.format.duration ?? 0) - Math.max(0, Number(found.format.start_time ?? 0))
  const sound = streams.some(({ codec_type }) => codec_type === 'audio')
  return { width, height, seconds, sound, ...colourOf(path, seconds / 2) }
}

function colourOf(path: string, second: number): Pick<Looks, 'colour'> {
  const args = [
    '-frames:v',
    '1',
    '-vf',
    'format=rgb24,scale=8:8:flags=area',
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    '-',
  ]
  const pixels = output(['ffmpeg', '-v', 'error', '-ss', second.toFixed(3), '-i', path, ...args])
  return pixels?.length === 192 ? { colour: [...pixels] } : {}
}

/** The groups of tags that tell something about a person, a place or a device. */
const PRIVATE = /^(EXIF|XMP|GPS|IPTC|MakerNotes|ICC_Profile|Photoshop|ItemList|UserData|Keys)/

/** What exiftool reads in the profile that we give photos in Display P3, the same for all. */
const OUR_PROFILE = 'Unknown (saws)'

export const readers = {
  looks: async (path: string, kind: 'image' | 'video'): Promise<Looks> =>
    kind === 'image' ? photo(path) : video(path),
  privateTags: async (path: string): Promise<string[]> => {
    const [found] = json(['exiftool', '-json', '-G', path]) ?? []
    const isOurs = found?.['ICC_Profile:DeviceManufacturer'] === OUR_PROFILE
    return Object.keys(found ?? {}).filter((tag) => PRIVATE.test(tag) && !(isOurs && tag.startsWith('ICC_Profile')))
  },
}
