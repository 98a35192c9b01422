import { z } from 'zod'
import { later, object } from './object'

const MOST_PIXELS = 100_000
const pixels = later(() => z.int().min(0).max(MOST_PIXELS))

/** Smaller parts of a picture than this show nothing, and are most likely a slip of the finger. */
const SMALLEST_SIDE = 16

const side = later(() => pixels().min(SMALLEST_SIDE))

const cropSchema = object(() => ({ x: pixels(), y: pixels(), width: side(), height: side() })).describe(
  'The part that is shown, in pixels of the upright original.',
)

/** Frames are shorter than this, so a trimmed video has several. */
const SHORTEST_SECONDS = 0.2

const seconds = later(() => z.number().min(0).max(86_400))

const trimSchema = object(() => ({ start: seconds(), end: seconds() }))
  .refine(({ start, end }) => end - start >= SHORTEST_SECONDS - 1e-6, 'At least a fifth of a second must remain.')
  .describe('The part of a video that plays, in seconds of the original.')

/** Authors can change this about a file before it is published. The original stays as it is. */
export const editShape = {
  crop: cropSchema.nullable(),
  turn: z
    .int()
    .min(0)
    .max(270)
    .multipleOf(90, 'A picture can be turned by 0, 90, 180 or 270 degrees.')
    .describe('How far the part that is shown is turned clockwise, in degrees: 0, 90, 180 or 270.'),
  trim: trimSchema.nullable(),
  cover: seconds().nullable().describe('The second of the original whose picture is the cover of a video.'),
}

type Fields = { [K in keyof typeof editShape]: z.infer<(typeof editShape)[K]> }

/** An edit lists the differences from the original. Fields without a change are left out. */
export type Edit = { [K in keyof Fields]?: NonNullable<Fields[K]> }
export type Crop = NonNullable<Edit['crop']>
export type Trim = NonNullable<Edit['trim']>
