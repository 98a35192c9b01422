import { sea } from './lights'
import { moon } from './near'
import { colour, type Film, type Picture, type Size } from './picture'
import { sky } from './sky'

export type Clip = { size: Size; frames: number; film?: Film; paint: (size: Size, seconds: number) => Picture }

/** All clips of the demo by their names. */
export const clips = {
  tide: {
    size: { width: 640, height: 426 },
    frames: 48,
    paint: (size, seconds) =>
      sea(size, {
        seed: 6,
        seconds,
        deep: colour('#123a52'),
        air: {
          colours: sky('#ffd6a0', '#f0a48a', '#9a8ab8', '#4a62a0'),
          sun: { x: 0.62, y: 0.37, colour: colour('#ffdcae'), size: 0.04, glow: 0.9 },
        },
      }),
  },
  clouds: {
    size: { width: 432, height: 540 },
    frames: 60,
    film: { grain: 0.02 },
    paint: (size, seconds) => moon(size, 11, seconds * 0.09),
  },
} satisfies Record<string, Clip>
