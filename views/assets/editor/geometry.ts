export type Rect = { x: number; y: number; width: number; height: number }
export type Size = { width: number; height: number }
/** The edges that move. */
export type Edges = { left?: boolean; right?: boolean; top?: boolean; bottom?: boolean }
type Vector = { x: number; y: number }

/** The server refuses smaller sides. */
const SMALLEST = 16

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value))

export const moved = (rect: Rect, by: Vector, whole: Size): Rect => ({
  ...rect,
  x: clamp(rect.x + by.x, 0, whole.width - rect.width),
  y: clamp(rect.y + by.y, 0, whole.height - rect.height),
})

/** Moves edges of a rectangle within the picture. With a ratio of width to height, the other sides follow. */
export function resized(rect: Rect, edges: Edges, by: Vector, whole: Size, ratio: number | null): Rect {
  const [right, bottom] = [rect.x + rect.width, rect.y + rect.height]
  const x1 = edges.left ? clamp(rect.x + by.x, 0, right - SMALLEST) : rect.x
  const x2 = edges.right ? clamp(right + by.x, rect.x + SMALLEST, whole.width) : right
  const y1 = edges.top ? clamp(rect.y + by.y, 0, bottom - SMALLEST) : rect.y
  const y2 = edges.bottom ? clamp(bottom + by.y, rect.y + SMALLEST, whole.height) : bottom
  const free = { x: x1, y: y1, width: x2 - x1, height: y2 - y1 }
  return ratio ? inRatio(rect, free, edges, whole, ratio) : free
}

/** Gives a rectangle the ratio. The edges that were not moved stay, or the middle where both edges of a pair may move. */
function inRatio(before: Rect, free: Rect, { left, right, top, bottom }: Edges, whole: Size, ratio: number): Rect {
  const [middle, centre] = [before.x + before.width / 2, before.y + before.height / 2]
  const isWide = left || right
  const isHigh = top || bottom
  const wanted =
    isWide && isHigh ? Math.max(free.width, free.height * ratio) : isHigh ? free.height * ratio : free.width
  const room = (
    isFirst: boolean | undefined,
    isLast: boolean | undefined,
    from: number,
    to: number,
    mid: number,
    all: number,
  ) => (isFirst ? to : isLast ? all - from : 2 * Math.min(mid, all - mid))
  const widest = room(left, right, before.x, before.x + before.width, middle, whole.width)
  const highest = room(top, bottom, before.y, before.y + before.height, centre, whole.height)
  const width = clamp(wanted, SMALLEST * Math.max(1, ratio), Math.min(widest, highest * ratio))
  const height = width / ratio
  return {
    x: left ? before.x + before.width - width : right ? before.x : middle - width / 2,
    y: top ? before.y + before.height - height : bottom ? before.y : centre - height / 2,
    width,
    height,
  }
}

/** The largest rectangle of this ratio around the middle of another one. */
export function withRatio(rect: Rect, ratio: number, whole: Size): Rect {
  const width = Math.min(whole.width, whole.height * ratio, Math.max(rect.width, rect.height * ratio))
  const height = width / ratio
  const at = { x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2 }
  return moved({ x: at.x, y: at.y, width, height }, { x: 0, y: 0 }, whole)
}

/** Rounds a rectangle to whole pixels within the picture. */
export function rounded({ x, y, width, height }: Rect, whole: Size): Rect {
  const [left, top] = [Math.round(x), Math.round(y)]
  return {
    x: left,
    y: top,
    width: Math.min(whole.width, Math.round(x + width)) - left,
    height: Math.min(whole.height, Math.round(y + height)) - top,
  }
}

/** A movement on the screen as a movement in a picture that is turned clockwise. */
export function inPicture({ x, y }: Vector, turn: number): Vector {
  if (turn === 90) return { x: y, y: -x }
  if (turn === 180) return { x: -x, y: -y }
  return turn === 270 ? { x: -y, y: x } : { x, y }
}

/** The largest size of the ratio of `size` that fits into `room`. */
export function contained(size: Size, room: Size): Size {
  const scale = Math.min(room.width / size.width, room.height / size.height)
  return { width: size.width * scale, height: size.height * scale }
}
