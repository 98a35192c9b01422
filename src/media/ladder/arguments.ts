import { type Engine, GUARDS, INPUT, outputAt } from '../ffmpeg/engine'
import { pictureArgs, QUIET, WITHOUT_MESSAGES, WITHOUT_METADATA } from '../video/arguments'
import type { Probed } from '../video/probe'
import type { Level } from './levels'

/** The length of a segment. Shorter ones begin sooner, and longer ones need fewer requests and fewer key frames. */
const SEGMENT_SECONDS = 4

/**
 * Fragments that begin with a key frame, with an index of all of them at the start. The beginning of the file is written
 * after the first fragment, because only then are the edits known that keep picture and sound together.
 */
const FRAGMENTS = [
  ...['-movflags', '+frag_keyframe+delay_moov+default_base_moof+global_sidx'],
  ...['-min_frag_duration', String(SEGMENT_SECONDS * 900_000), '-f', 'mp4'],
]

/** The pictures that are shown while somebody looks for a place in a video. */
export type Previews = { width: number; height: number; every: number }

/**
 * Arguments that make all qualities of an MP4 and its previews at once, so that it is decoded only once. `whole` is how
 * the largest quality is made: by copying, or as a level of its own.
 */
export function ladderArgs(
  engine: Pick<Engine, 'name' | 'threads'>,
  probed: Probed,
  whole: 'copy' | Level,
  levels: Level[],
  { width, height, every }: Previews,
): string[] {
  const { picture, sound } = probed
  const tracks = ['-map', `0:${picture.track}`, ...(sound ? ['-map', `0:${sound.track}`, '-c:a', 'copy'] : [])]
  const encoded = (level: Level) => [
    ...['-vf', filters(level, picture.frames), ...pictureArgs(engine, { ...picture, ...level }, level.rate)],
    ...['-force_key_frames', `expr:gte(t,n_forced*${SEGMENT_SECONDS})`, '-sc_threshold', '0', ...WITHOUT_MESSAGES],
  ]
  const outputs = [...levels, whole].map((level, i) => [
    ...[...tracks, ...(level === 'copy' ? ['-c:v', 'copy'] : encoded(level))],
    ...[...WITHOUT_METADATA, ...FRAGMENTS, outputAt(i)],
  ])
  return [
    ...[
      ...QUIET,
      '-filter_threads',
      String(engine.threads),
      '-threads',
      String(engine.threads),
      ...GUARDS,
      '-i',
      INPUT,
    ],
    ...outputs.flat(),
    ...['-map', `0:${picture.track}`, '-vf', `fps=1/${every},scale=${width}:${height}`],
    ...['-pix_fmt', 'rgb24', '-f', 'rawvideo', outputAt(outputs.length)],
  ]
}

const filters = ({ width, height, rate }: Level, frames: number) =>
  [...(rate < frames - 1 ? [`fps=${Number(rate.toFixed(3))}`] : []), `scale=${width}:${height}`, 'setsar=1'].join(',')
