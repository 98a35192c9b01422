import { expect, test } from 'bun:test'
import { contained, inPicture, moved, type Rect, resized, rounded, withRatio } from '../views/assets/editor/geometry'

const whole = { width: 400, height: 300 }
const rect = { x: 100, y: 50, width: 200, height: 100 }
const isInside = ({ x, y, width, height }: Rect) => x >= 0 && y >= 0 && x + width <= 400.001 && y + height <= 300.001

test('a frame moves and grows as far as the picture reaches, and never vanishes', () => {
  expect(moved(rect, { x: 1000, y: -1000 }, whole)).toEqual({ x: 200, y: 0, width: 200, height: 100 })
  expect(resized(rect, { left: true, top: true }, { x: -30, y: 20 }, whole, null)).toEqual({
    x: 70,
    y: 70,
    width: 230,
    height: 80,
  })
  expect(resized(rect, { right: true }, { x: 1000, y: 0 }, whole, null).width).toBe(300)
  expect(resized(rect, { bottom: true }, { x: 0, y: -1000 }, whole, null)).toEqual({ ...rect, height: 16 })
})

test('a frame with a fixed shape keeps it, whichever edge is dragged and wherever it ends', () => {
  const edges = ['left', 'right', 'top', 'bottom'].map((edge) => ({ [edge]: true }))
  const corners = [edges[0], edges[1]].flatMap((one) => [edges[2], edges[3]].map((other) => ({ ...one, ...other })))
  for (const ratio of [1, 0.8, 16 / 9])
    for (const edge of [...edges, ...corners])
      for (const by of [
        { x: 40, y: -70 },
        { x: -500, y: 500 },
        { x: 500, y: -500 },
      ]) {
        const made = resized(withRatio(rect, ratio, whole), edge, by, whole, ratio)
        expect(made.width / made.height).toBeCloseTo(ratio, 5)
        expect(isInside(made)).toBe(true)
      }
})

test('a shape is chosen around the middle of the frame, and rounding stays inside of the picture', () => {
  expect(withRatio(rect, 1, whole)).toEqual({ x: 100, y: 0, width: 200, height: 200 })
  expect(withRatio({ x: 0, y: 0, ...whole }, 0.8, whole)).toEqual({ x: 80, y: 0, width: 240, height: 300 })
  expect(rounded({ x: 0.6, y: 199.5, width: 399.4, height: 100.5 }, whole)).toEqual({
    x: 1,
    y: 200,
    width: 399,
    height: 100,
  })
})

test('dragging follows the finger on a turned picture, which is shown as large as the screen allows', () => {
  expect(inPicture({ x: 3, y: 1 }, 0)).toEqual({ x: 3, y: 1 })
  expect(inPicture({ x: 3, y: 1 }, 90)).toEqual({ x: 1, y: -3 })
  expect(inPicture({ x: 3, y: 1 }, 180)).toEqual({ x: -3, y: -1 })
  expect(inPicture({ x: 3, y: 1 }, 270)).toEqual({ x: -1, y: 3 })
  expect(contained({ width: 400, height: 300 }, { width: 200, height: 400 })).toEqual({ width: 200, height: 150 })
})
