import { BadMedia } from '../errors'
import { type Engine, GUARDS, INPUT } from '../ffmpeg/engine'
import { MAX_PARTS, MAX_VIDEO_SECONDS, PROBE_TIMEOUT_MS } from '../limits'
import type { Edit, Movie, Track } from './movie'
import type { Probed } from './probe'

/**
 * A part of a track that plays, in units of the track. `first` is the time of the frame that is visible at `from`,
 * which may be earlier. `gap` is the time in seconds after the part during which the track plays nothing.
 */
export type Part = { first: number; from: number; until: number; rate: number; seconds: number; gap: number }

/** The parts of a track that play, in order. They begin `lead` seconds after the start. */
export type Timeline = { perSecond: number; lead: number; parts: Part[] }

/** The parts that are left of a video whose author cut something away. */
export type Cuts = { picture: Timeline; sound: Timeline | null; seconds: number }

/**
 * How much sound in seconds may be hidden before and behind what plays without counting as cut: encoders put silence
 * there, which decoders remove.
 */
const PRIMING = { before: 0.15, behind: 0.05 }

/**
 * Finds out what an edit list cuts away. Editors trim a video without encoding it again: the pictures and the sound
 * that were cut away stay in the file, and only a list says which parts are to be played. Returns null when everything
 * that is in the file plays.
 */
export async function findCuts(engine: Engine, input: string, movie: Movie, probed: Probed): Promise<Cuts | null> {
  const track = (id: number | null) => movie.tracks.find((each) => each.id === id)
  const video = track(probed.picture.id)
  const audio = probed.sound ? track(probed.sound.id) : undefined
  if (!video || (isPlain(video) && (!audio || isPlain(audio)))) return null

  const frames = await framesOf(engine, input, probed.picture.track)
  if (!frames.length) throw new BadMedia('unreadable')
  const picture = timelineOf(video, movie, frames, endOf(video, movie, frames))
  // the index of a file in fragments does not say where its sound ends
  const samples = audio && movie.isFragmented ? await framesOf(engine, input, probed.sound!.track) : []
  const end = audio ? endOf(audio, movie, samples) : 0
  const sound = audio ? timelineOf(audio, movie, [], end) : null
  if (showsAll(picture, frames) && (!sound || playsAll(sound, end))) return null
  if (!picture.parts.length) throw new BadMedia('no_picture')

  const timelines = sound?.parts.length ? [picture, sound] : [picture]
  const lead = Math.min(...timelines.map((each) => each.lead))
  for (const each of timelines) each.lead -= lead
  const seconds = Math.max(...timelines.map(secondsOf))
  if (seconds > MAX_VIDEO_SECONDS) throw new BadMedia('too_long')
  if (timelines.reduce((sum, { parts }) => sum + parts.length, 0) > MAX_PARTS) throw new BadMedia('too_many_parts')
  return { picture, sound: timelines[1] ?? null, seconds }
}

/** How long a track plays, from the start of the video. */
const secondsOf = ({ lead, parts }: Timeline) => parts.reduce((sum, { seconds, gap }) => sum + seconds + gap, lead)

/** Whether the list starts at the beginning of the track and does not end before its end. */
function isPlain({ edits, length, perSecond }: Track): boolean {
  const [edit, ...more] = edits.filter(({ from }) => from !== null)
  if (!edit) return edits.length === 0
  const end = edit.seconds * perSecond
  return !more.length && edit.rate === 1 && edit.from === 0 && (end === 0 || (length !== null && end >= length))
}

function showsAll(picture: Timeline, frames: number[]): boolean {
  const [part] = picture.parts
  return part !== undefined && isOnePart(picture) && frames[0]! >= part.from && frames.at(-1)! < part.until
}

/** Whether everything but the silence of encoders is heard. */
function playsAll(sound: Timeline, end: number): boolean {
  const [part] = sound.parts
  return (
    part !== undefined &&
    isOnePart(sound) &&
    part.from <= PRIMING.before * sound.perSecond &&
    end - part.until <= PRIMING.behind * sound.perSecond
  )
}

const isOnePart = ({ parts }: Timeline) => parts.length === 1 && parts[0]!.rate === 1

/**
 * The end of a track in its units: that which the index states, or that of the last of these frames, which is assumed
 * to last as long as the others do on average.
 */
function endOf({ length, perSecond }: Track, { isFragmented }: Movie, frames: number[]): number {
  const stated = isFragmented ? 0 : (length ?? 0)
  const [first, last] = [frames[0], frames.at(-1)]
  if (first === undefined || last === undefined) return stated
  const usual = frames.length > 1 ? (last - first) / (frames.length - 1) : perSecond / 25
  return Math.max(stated, last + Math.max(1, Math.round(usual)))
}

const WHOLE: Edit = { from: 0, seconds: 0, rate: 1 }

/**
 * Puts the parts of a track in order. The times of all its frames make the picture exact; sound has none. `end` is the
 * end of the track in its units.
 */
function timelineOf(track: Track, movie: Movie, frames: number[], end: number): Timeline {
  const { perSecond, edits } = track
  const timeline: Timeline = { perSecond, lead: 0, parts: [] }
  const pause = (seconds: number) => {
    const last = timeline.parts.at(-1)
    if (last) last.gap += seconds
    else timeline.lead += seconds
  }
  for (const edit of edits.length ? edits : [WHOLE]) {
    const part = partOf(edit, track, movie, frames, end)
    if (!part) pause(edit.seconds)
    else {
      if (part.from > edit.from!) pause((part.from - edit.from!) / perSecond / part.rate)
      timeline.parts.push(part)
    }
  }
  const last = timeline.parts.at(-1)
  if (last) last.gap = 0
  return timeline
}

/** The part that an edit plays, or null when there is nothing in the track that it could play. */
function partOf({ from: at, seconds, rate }: Edit, track: Track, movie: Movie, frames: number[], end: number) {
  const { perSecond, length } = track
  if (at === null) return null
  if (rate === 0) {
    // the edit holds one frame; sound is silent
    return frames.length ? { first: shownAt(frames, at), from: at, until: at + 1, rate, seconds, gap: 0 } : null
  }
  // a list that ends where the index ends continues through the fragments behind it
  const isOpen = seconds === 0 || (movie.isFragmented && length !== null && at + seconds * perSecond * rate >= length)
  const from = Math.max(at, frames[0] ?? at)
  const until = isOpen ? end : Math.min(end, at + Math.round(seconds * perSecond * rate))
  if (until <= from) return null
  return { first: shownAt(frames, from), from, until, rate, seconds: (until - from) / perSecond / rate, gap: 0 }
}

/** The time of the last frame that starts at this time or earlier. */
function shownAt(frames: number[], time: number): number {
  return frames.findLast((frame) => frame <= time) ?? time
}

/** The times of all frames in order, in units of the track, including those that do not play. */
async function framesOf(engine: Engine, input: string, track: number): Promise<number[]> {
  const what = ['-select_streams', String(track), '-show_entries', 'packet=pts', '-of', 'csv=p=0']
  const args = ['-v', 'error', '-ignore_editlist', '1', ...GUARDS, ...what, INPUT]
  const ended = await engine.run({ program: 'ffprobe', args, input, timeoutMs: PROBE_TIMEOUT_MS })
  if (ended.isTimeout) throw new BadMedia('too_slow')
  const times = ended.printed.split('\n').map((line) => Number.parseInt(line, 10))
  return times.filter((time) => !Number.isNaN(time)).sort((a, b) => a - b)
}
