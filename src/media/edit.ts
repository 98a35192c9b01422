import type { Crop, Edit } from '../../shapes/edits'
import { BadMedia } from './errors'

type Size = { width: number; height: number }

const isSideways = ({ turn = 0 }: Edit) => turn % 180 !== 0

/** The size of a picture of this size after its author's crop and turn. */
export function sizeAfter({ width, height }: Size, edit: Edit): Size {
  const shown = edit.crop ?? { width, height }
  return isSideways(edit) ? { width: shown.height, height: shown.width } : { width: shown.width, height: shown.height }
}

/** Whether a crop lies inside of a picture, in pixels. */
export const isInside = ({ x, y, width, height }: Crop, whole: Size) =>
  x + width <= whole.width && y + height <= whole.height

/** Refuses a crop that reaches beyond the picture, which could not be known while the picture had not been read. */
export function requireInside({ crop }: Edit, whole: Size) {
  if (crop && !isInside(crop, whole)) throw new BadMedia('outside')
}

/** Whether two edits leave the same pictures and the same sound of a video. Its cover may differ. */
export const isSameCut = (a: Edit, b: Edit) =>
  JSON.stringify([a.crop, a.turn, a.trim]) === JSON.stringify([b.crop, b.turn, b.trim])

/** Whether something of the original is cut away or turned. */
export const isCut = (edit: Edit) => !isSameCut(edit, {})
