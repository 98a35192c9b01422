import type { Cuts, Part, Timeline } from './cuts'
import type { Probed } from './probe'

/** How many seconds before a part the reading starts, so that decoders have what they need. */
const AHEAD = 1

/**
 * The filters that put the parts of a video together, and the options of each of their inputs. Every part has an input
 * of its own: it starts near the part, and nothing has to be kept in memory until its turn. `last` are the filters of
 * the whole picture.
 */
export function cutGraph(cuts: Cuts, { picture, sound }: Probed, rate: number, last: string[]) {
  const inputs: string[][] = []
  const chains: string[] = []
  const add = (timeline: Timeline, track: number, kind: 'v' | 'a', filters: typeof pictureFilters) => {
    const names = timeline.parts.map((part, i) => {
      const seconds = part.first / timeline.perSecond - AHEAD
      const seek = seconds > 0 ? ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', seconds.toFixed(3)] : []
      const name = `[${kind}${i}]`
      const lead = i === 0 ? timeline.lead : 0
      chains.push(`[${inputs.length}:${track}]${filters(part, timeline.perSecond, lead, rate).join(',')}${name}`)
      inputs.push([...seek, '-ignore_editlist', '1'])
      return name
    })
    return names.length > 1
      ? `${names.join('')}concat=n=${names.length}:v=${kind === 'v' ? 1 : 0}:a=${kind === 'a' ? 1 : 0},`
      : names[0]!
  }
  chains.push(`${add(cuts.picture, picture.track, 'v', pictureFilters)}${last.join(',')}[picture]`)
  if (cuts.sound && sound) chains.push(`${add(cuts.sound, sound.track, 'a', soundFilters)}aresample=async=1[sound]`)
  return { inputs, graph: chains.join(';') }
}

/**
 * The frames of a part at equal distances. The frame that is visible when the part begins comes first, even if it began
 * earlier, and the last one stays until the end.
 */
function pictureFilters(
  { first, from, until, rate: speed, seconds, gap }: Part,
  _: number,
  lead: number,
  rate: number,
) {
  const length = (lead + seconds + gap).toFixed(6)
  return [
    `trim=start_pts=${first}:end_pts=${until}`,
    `setpts='max(PTS-${from}\\,0)/${speed || 1}+${lead.toFixed(6)}/TB'`,
    `fps=${Number(rate.toFixed(3))}:start_time=0`,
    `tpad=stop_mode=clone:stop_duration=${length}`,
    `trim=end=${length}`,
  ]
}

/** The samples of a part, and silence where there are none. */
function soundFilters({ from, until, rate: speed, seconds, gap }: Part, perSecond: number, lead: number) {
  const length = (lead + seconds + gap).toFixed(6)
  const [start, end] = [from / perSecond, until / perSecond].map((time) => time.toFixed(6))
  return [
    `atrim=start=${start}:end=${end}`,
    `asetpts=PTS-${start}/TB`,
    ...tempo(speed),
    `asetpts=PTS+${lead.toFixed(6)}/TB`,
    'aresample=async=1:first_pts=0',
    `apad=whole_dur=${length}`,
    `atrim=end=${length}`,
  ]
}

/** Changes the speed without the pitch. One filter changes it at most to the half or the double. */
function tempo(speed: number): string[] {
  if (speed === 1) return []
  const step = Math.min(2, Math.max(0.5, speed))
  return [`atempo=${step}`, ...tempo(speed / step)]
}
