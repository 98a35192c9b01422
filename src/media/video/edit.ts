import type { Edit, Trim } from '../../../shapes/edits'
import { requireInside, sizeAfter } from '../edit'
import { BadMedia } from '../errors'
import type { Cuts, Part, Timeline } from './cuts'
import type { Probed } from './probe'

/** A video as its author wants it to be shown. */
export type Edited = { probed: Probed; trim: Trim | null; cuts: Cuts | null }

/** Works out what remains of a video, of which `cuts` are the parts that play if an edit list says so. */
export function editVideo(original: Probed, cuts: Cuts | null, edit: Edit): Edited {
  requireInside(edit, original.picture)
  const { trim } = edit
  const size = sizeAfter(original.picture, edit)
  const whole = (edit.crop ?? edit.turn) ? { width: original.picture.width, height: original.picture.height } : null
  const picture = { ...original.picture, ...size, ...(whole && { edit: { ...edit, whole } }) }
  if (!trim) return { probed: { ...original, picture }, trim: null, cuts }
  const end = Math.min(trim.end, original.seconds ?? trim.end)
  if (trim.start >= end) throw new BadMedia('outside')
  const left = cuts && narrow(cuts, { start: trim.start, end })
  const sound = cuts && !left?.sound ? null : original.sound
  return {
    probed: { ...original, picture, sound, seconds: end - trim.start },
    trim: { start: trim.start, end },
    cuts: left,
  }
}

/** The parts that play between two times. */
function narrow(cuts: Cuts, { start, end }: Trim): Cuts {
  const picture = between(cuts.picture, start, end)
  if (!picture.parts.length) throw new BadMedia('outside')
  const sound = cuts.sound && between(cuts.sound, start, end)
  return { picture, sound: sound?.parts.length ? sound : null, seconds: end - start }
}

function between({ perSecond, lead, parts }: Timeline, start: number, end: number): Timeline {
  const left: Timeline = { perSecond, lead: 0, parts: [] }
  let at = lead
  let reached = start
  for (const part of parts) {
    const [from, until] = [Math.max(at, start), Math.min(at + part.seconds, end)]
    if (until > from) {
      const gap = from - reached
      const last = left.parts.at(-1)
      if (last) last.gap = gap
      else left.lead = gap
      left.parts.push(pieceOf(part, perSecond, from - at, until - at))
      reached = until
    }
    at += part.seconds + part.gap
  }
  return left
}

/**
 * A piece of a part, in seconds from the start of the part. A frame that began before the piece is left out, since it
 * shows what was cut away.
 */
function pieceOf(part: Part, perSecond: number, start: number, end: number): Part {
  const seconds = end - start
  if (part.rate === 0) return { ...part, seconds, gap: 0 } // one frame is shown all the time
  const from = part.from + Math.round(start * perSecond * part.rate)
  const until = Math.min(part.until, part.from + Math.round(end * perSecond * part.rate))
  return { ...part, first: start > 0 ? from : part.first, from, until, seconds, gap: 0 }
}
