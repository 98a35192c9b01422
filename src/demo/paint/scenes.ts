import { lands } from './lands'
import { bokeh, sea, skyline } from './lights'
import { coffee, flower, moon, wood } from './near'
import { type Figure, figure } from './people'
import { colour, type Film, type Picture, type Size } from './picture'
import { arcade, court, evening, noon, stairs, table } from './places'
import { sky } from './sky'
import { type Land, landscape } from './terrain'

export type Scene = { size: Size; film?: Film; paint: (size: Size) => Picture }

const wide = { width: 1320, height: 880 }
const tall = { width: 1000, height: 1250 }
const square = { width: 1000, height: 1000 }
/** These take longest, since every point of light is followed, so they are smaller. */
const built = { width: 776, height: 970 }
const face = { width: 480, height: 480 }

const land = (land: Land, size: Size, film?: Film): Scene => ({
  size,
  ...(film && { film }),
  paint: (size) => landscape(size, land),
})
const faceOf = (given: Figure): Scene => ({ size: face, paint: (size) => figure(size, given) })

const dusk = sky('#ffb36b', '#f0805e', '#a8587a', '#4c3a72')
const lamps = ['#ff9a3c', '#ff4f5e', '#ffd27a', '#59b8ff'].map(colour)

/** All pictures of the demo by their names. */
export const scenes = {
  fjord: land(lands.fjord, wide),
  ridge: land(lands.ridge, wide),
  ridgeTall: land({ ...lands.ridge, seed: 36 }, tall),
  meadow: land(lands.meadow, wide),
  meadowTall: land({ ...lands.meadow, seed: 77 }, tall),
  winter: land(lands.winter, wide),
  winterTall: land({ ...lands.winter, seed: 15 }, tall),
  blue: land(lands.blue, wide),
  blueTall: land({ ...lands.blue, seed: 44 }, tall),
  dune: land(lands.dune, tall),
  redDune: land(lands.redDune, wide),
  lake: land(lands.lake, wide),
  autumn: land(lands.autumn, tall),
  aurora: land(lands.aurora, tall, { exposure: 1.2, grain: 0.03 }),
  stars: land(lands.stars, tall, { exposure: 1.3, grain: 0.03 }),

  sunset: {
    size: wide,
    paint: (size) =>
      sea(size, {
        seed: 3,
        deep: colour('#0d3550'),
        air: {
          colours: sky('#ffc48a', '#e79a8a', '#8a83b0', '#3c548c'),
          sun: { x: 0.8, y: 0.38, colour: colour('#ffd39a'), size: 0.045, glow: 1 },
          clouds: { amount: 0.45, lit: colour('#ffb48a'), dark: colour('#6a5f84'), seed: 11 },
        },
      }),
  },
  bay: {
    size: tall,
    paint: (size) =>
      sea(size, {
        seed: 8,
        horizon: 0.36,
        deep: colour('#0b5f74'),
        air: {
          colours: sky('#dcebf0', '#9cc9e4', '#4f97d0', '#2c6cb0'),
          clouds: { amount: 0.5, lit: colour('#ffffff'), dark: colour('#9fb0c0'), seed: 4 },
        },
      }),
  },
  storm: {
    size: wide,
    paint: (size) =>
      sea(size, {
        seed: 14,
        horizon: 0.4,
        deep: colour('#1d2f38'),
        air: {
          colours: sky('#c9cfd2', '#98a4ac', '#5f6d78', '#414c58'),
          clouds: { amount: 0.68, lit: colour('#c4ccd2'), dark: colour('#39424c'), seed: 17 },
        },
      }),
  },
  skyline: {
    size: wide,
    paint: (size) =>
      skyline(size, {
        seed: 7,
        water: colour('#0b1226'),
        air: { colours: sky('#f08a5d', '#a8466f', '#3a2a68', '#0d1030') },
      }),
  },
  harbour: {
    size: tall,
    paint: (size) =>
      skyline(size, {
        seed: 29,
        water: colour('#081a2a'),
        air: { colours: sky('#7fb0c8', '#33658f', '#16365f', '#081a38'), stars: { amount: 0.05, seed: 2 } },
      }),
  },
  lamps: {
    size: tall,
    paint: (size) => bokeh(size, { seed: 5, back: ['#0a0f1e', '#1c1630', '#07060e'].map(colour), lamps }),
  },
  rain: {
    size: square,
    paint: (size) => bokeh(size, { seed: 15, rain: true, back: ['#1a2436', '#2a2f44', '#10131d'].map(colour), lamps }),
  },

  arcade: { size: built, paint: (size) => arcade(size, evening, '#f0e2cc') },
  arcadePink: { size: built, paint: (size) => arcade(size, { ...evening, sun: [0.7, 0.5, 0.1] }, '#e6a79a') },
  stairs: { size: built, paint: (size) => stairs(size, evening, '#d98a6a') },
  stairsBlue: { size: built, paint: (size) => stairs(size, noon, '#4f8fc0') },
  court: { size: { width: 1050, height: 700 }, paint: (size) => court(size, evening, '#e9d8bd') },
  oranges: {
    size: { width: 800, height: 800 },
    paint: (size) =>
      table(size, {
        cloth: '#e6ddd0',
        wall: '#7d8f8a',
        pots: [
          { x: -0.55, z: 0.5, high: 1.05, wide: 0.3, shape: 'vase', colour: '#e8e2d6' },
          { x: 0.15, z: 0.3, high: 0.34, wide: 0.36, shape: 'bowl', colour: '#38587a' },
          { x: 0.75, z: 0.1, high: 0, wide: 0.17, shape: 'fruit', colour: '#e08a2c' },
          { x: 0.5, z: -0.25, high: 0, wide: 0.15, shape: 'fruit', colour: '#d8742a' },
        ],
      }),
  },
  pots: {
    size: built,
    paint: (size) =>
      table(size, {
        cloth: '#c8a98a',
        wall: '#d9cbb8',
        pots: [
          { x: -0.42, z: 0.45, high: 0.9, wide: 0.27, shape: 'vase', colour: '#3d5a4c' },
          { x: 0.12, z: 0.75, high: 1.2, wide: 0.24, shape: 'vase', colour: '#c8603f' },
          { x: 0.5, z: 0.15, high: 0.3, wide: 0.3, shape: 'bowl', colour: '#efe6d8' },
          { x: -0.08, z: -0.2, high: 0, wide: 0.13, shape: 'fruit', colour: '#a8352e' },
        ],
      }),
  },

  wood: {
    size: tall,
    paint: (size) =>
      wood(size, {
        seed: 5,
        sun: 0.42,
        ...{ mist: colour('#e6ecd8'), dark: colour('#1d231c'), floor: colour('#3f4a22'), leaf: colour('#5a7432') },
      }),
  },
  woodAutumn: {
    size: tall,
    paint: (size) =>
      wood(size, {
        seed: 11,
        sun: 0.36,
        ...{ mist: colour('#f6e2c0'), dark: colour('#2a1f18'), floor: colour('#6b4a22'), leaf: colour('#c07a24') },
      }),
  },
  moon: { size: square, paint: (size) => moon(size, 4) },
  dahlia: {
    size: square,
    paint: (size) =>
      flower(size, { seed: 4, petal: colour('#f08a6a'), heart: colour('#a81f3c'), back: colour('#4a6b3a') }),
  },
  dahliaWhite: {
    size: tall,
    paint: (size) =>
      flower(size, { seed: 9, petal: colour('#f7efe6'), heart: colour('#e0b06a'), back: colour('#2f4a4a') }),
  },
  coffee: { size: square, paint: (size) => coffee(size, 4) },
  portrait: {
    size: tall,
    paint: (size) =>
      figure(size, {
        hair: 'hat',
        seed: 4,
        big: 0.72,
        air: { colours: dusk, sun: { x: 0.52, y: 0.66, colour: colour('#ffdca0'), size: 0.12, glow: 1 } },
      }),
  },

  faceMina: faceOf({ hair: 'bun', seed: 1, air: { colours: dusk }, dark: colour('#2a1526') }),
  faceTheo: faceOf({ hair: 'short', seed: 2, air: { colours: sky('#bfe0c8', '#5fa08a', '#2c5c5a') } }),
  faceSora: faceOf({ hair: 'long', seed: 3, air: { colours: sky('#ffe0e6', '#e79ab0', '#8a5a94') } }),
  faceJun: faceOf({ hair: 'cap', seed: 4, air: { colours: sky('#cfe2f4', '#6c9fd0', '#2f5c98') } }),
  faceAda: faceOf({ hair: 'curls', seed: 6, air: { colours: sky('#ffe9b0', '#f0b050', '#c0702c') } }),
  faceNoa: faceOf({ hair: 'hat', seed: 5, air: { colours: sky('#ffe3b8', '#9ec4d8', '#5c93bc') } }),
  faceLeo: faceOf({ hair: 'short', seed: 8, air: { colours: sky('#e0d4f0', '#8a78c0', '#3c3470') } }),
  faceYuri: faceOf({ hair: 'bun', seed: 7, air: { colours: sky('#d8f0ea', '#70b8b8', '#2a6a7c') } }),
} satisfies Record<string, Scene>
