import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { colourOf, openEyes } from '../../../test/clip-contents'
import { type Clip, makeClips } from '../../../test/clips'
import { type Edit, withEdits } from '../../../test/edit-lists'
import { partOf } from '../../../test/part'
import { type Ffmpeg, INPUT, OUTPUT } from '../ffmpeg/engine'
import { installedFfmpeg } from '../ffmpeg/find'
import { whatIsMissing } from '../ffmpeg/native'
import { renditionFile } from '../renditions'
import { findCuts } from './cuts'
import { makeVideo } from './make'
import { readMovie } from './movie'
import { probe } from './probe'

const dir = mkdtempSync(join(tmpdir(), 'pinhole-cuts-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const clips = await makeClips(['three.mp4', 'three-pieces.mp4'])
const read = async (name: Clip) => Buffer.from(await Bun.file(clips(name)).bytes())
const { eyes, coloursIn, loudestIn } = openEyes(dir)

const installed = installedFfmpeg(process.env.PATH ?? '')
const native = installed !== 'embedded' && !whatIsMissing(installed) ? installed : null
if (!native)
  console.log('There is no ffmpeg with libx264 and aac on PATH: the tests of the native engine are left out.')

async function save(bytes: Uint8Array): Promise<string> {
  const path = join(dir, crypto.randomUUID())
  await Bun.write(path, bytes)
  return path
}

async function develop(input: string, ffmpeg: Ffmpeg) {
  const output = mkdtempSync(join(dir, 'out-'))
  const made = await makeVideo({ input, output, ffmpeg }, () => {})
  const mp4 = join(output, renditionFile('mp4'))
  const stills = (['poster', 'thumb', 'blurred'] as const).map((name) => colourOf(join(output, renditionFile(name))))
  return {
    duration: made.duration,
    colours: await coloursIn(mp4),
    stills: await Promise.all(stills),
    loudest: await loudestIn(mp4),
  }
}

/** How much later the frames are in the file, because x264 reorders them. */
const SHIFT = 0.1
const shifted = (edits: Edit[]) =>
  edits.map((edit) => ({ ...edit, from: edit.from === null ? null : edit.from + SHIFT }))
/** A video in which only these parts of the picture and the sound play. */
const edited = async (clip: Clip, picture: Edit[], sound: Edit[]) =>
  save(withEdits(await read(clip), (kind) => (kind === 'vide' ? shifted(picture) : sound)))

const blue = (frames: number) => Array<string>(frames).fill('blue')
const MIDDLE: Edit[] = [{ from: 0.4, seconds: 0.3 }]
/** The sound is a little later in the file, by how much depends on the container. */
const SILENCE: Edit[] = [{ from: 0.48, seconds: 0.25 }]

type Case = { clip?: Clip; picture?: Edit[]; sound?: Edit[]; frames: number; seconds: number }
/** Everything that plays is blue and silent. */
const CASES: Record<string, Case> = {
  'the middle, in fragments': { clip: 'three-pieces.mp4', frames: 6, seconds: 0.3 },
  'the middle': { frames: 6, seconds: 0.3 },
  'a part that begins in the middle of a group of frames': {
    picture: [{ from: 0.5, seconds: 0.15 }],
    sound: [{ from: 0.5, seconds: 0.15 }],
    frames: 3,
    seconds: 0.15,
  },
  'two parts': {
    picture: [
      { from: 0.4, seconds: 0.1 },
      { from: 0.6, seconds: 0.1 },
    ],
    sound: [
      { from: 0.42, seconds: 0.1 },
      { from: 0.58, seconds: 0.1 },
    ],
    frames: 4,
    seconds: 0.2,
  },
  'two parts in the opposite order': {
    picture: [
      { from: 0.55, seconds: 0.15 },
      { from: 0.4, seconds: 0.1 },
    ],
    frames: 5,
    seconds: 0.25,
  },
  'a part that starts late in both tracks': {
    picture: [{ from: null, seconds: 2 }, ...MIDDLE],
    sound: [{ from: null, seconds: 2 }, ...SILENCE],
    frames: 6,
    seconds: 0.3,
  },
  'a picture that starts later than its sound': {
    picture: [
      { from: null, seconds: 0.1 },
      { from: 0.4, seconds: 0.2 },
    ],
    frames: 6,
    seconds: 0.3,
  },
  'a pause between two parts': {
    picture: [
      { from: 0.4, seconds: 0.1 },
      { from: null, seconds: 0.1 },
      { from: 0.6, seconds: 0.1 },
    ],
    frames: 6,
    seconds: 0.3,
  },
  'a part at half the speed': {
    picture: [{ from: 0.4, seconds: 0.5, rate: 0.5 }],
    sound: [{ from: 0.45, seconds: 0.4, rate: 0.5 }],
    frames: 10,
    seconds: 0.5,
  },
  'a frame that is held': {
    picture: [{ from: 0.6, seconds: 0.3, rate: 0 }],
    frames: 6,
    seconds: 0.3,
  },
}

/** The embedded engine takes seconds per video, so only the kinds that differ in it are tried. */
const TRIED_EMBEDDED = ['the middle, in fragments', 'two parts in the opposite order']

const cases = partOf(Object.entries(CASES), 4)

for (const [what, { clip = 'three.mp4', picture = MIDDLE, sound = SILENCE, frames, seconds }] of cases)
  for (const ffmpeg of native ? [native, 'embedded' as const] : ['embedded' as const]) {
    if (native && ffmpeg === 'embedded' && !TRIED_EMBEDDED.includes(what)) continue
    const engine = ffmpeg === 'embedded' ? 'our own' : 'installed'
    test(`nothing but ${what} is published (${engine} ffmpeg)`, async () => {
      const original = await edited(clip, picture, sound)
      expect(new Set(await coloursIn(original))).toEqual(new Set(['red', 'blue', 'lime']))
      expect(await loudestIn(original)).toBeGreaterThan(0.05)
      const made = await develop(original, ffmpeg)
      expect(made.colours).toEqual(blue(frames))
      expect(made.stills).toEqual(blue(3))
      expect(made.loudest).toBeLessThan(0.01)
      expect(Math.abs(made.duration - seconds)).toBeLessThan(0.05)
    })
  }

test('sound is cut even if the picture is whole', async () => {
  const original = await edited('three.mp4', [{ from: 0, seconds: 1 }], SILENCE)
  const { colours, loudest, duration } = await develop(original, native ?? 'embedded')
  expect(new Set(colours)).toEqual(new Set(['red', 'blue', 'lime']))
  expect([loudest < 0.01, Math.abs(duration - 1) < 0.05]).toEqual([true, true])
})

test('a video that was cut by copying keeps no frame that led up to the cut', async () => {
  const input = clips('three.mp4')
  const output = join(dir, 'copied.mp4')
  const args = ['-v', 'error', '-ss', '0.47', '-t', '0.1', '-i', INPUT, '-c', 'copy', OUTPUT]
  await eyes.run({ program: 'ffmpeg', args, input, output, timeoutMs: 60_000 })
  const hidden = await coloursIn(output)
  const { colours } = await develop(output, native ?? 'embedded')
  expect(hidden.length).toBeGreaterThan(colours.length)
  expect(new Set(colours)).toEqual(new Set(['blue']))
})

test('what a crop hides in the picture is not in the bytes', async () => {
  const remade = async (input: string, ...args: string[]) => {
    const output = join(dir, `${crypto.randomUUID()}.mp4`)
    const all = ['-v', 'error', '-i', INPUT, '-an', ...args, OUTPUT]
    const ended = await eyes.run({ program: 'ffmpeg', args: all, input, output, timeoutMs: 60_000 })
    if (!ended.ok) throw new Error(ended.log)
    return output
  }
  const crop = (pixels: number) => ['-c', 'copy', '-bsf:v', `h264_metadata=crop_left=${pixels}`]
  const half = ['-vf', 'drawbox=c=blue:t=fill,drawbox=w=80:c=red:t=fill', '-c:v', 'libx264', '-pix_fmt', 'yuv420p']
  const original = await remade(await remade(clips('three.mp4'), ...half), ...crop(80))
  const output = mkdtempSync(join(dir, 'out-'))
  const { width, height } = await makeVideo({ input: original, output, ffmpeg: native ?? 'embedded' }, () => {})
  expect([width, height]).toEqual([80, 120])
  const mp4 = join(output, renditionFile('mp4'))
  for (const [file, stored] of [
    [original, 160],
    [mp4, 80],
  ] as const) {
    const { picture } = await probe(eyes, await remade(file, ...crop(0)))
    expect(picture.width).toBe(stored)
  }
  expect(new Set(await coloursIn(mp4))).toEqual(new Set(['blue']))
})

test('a video of which everything plays counts as uncut, so that its picture can be kept', async () => {
  for (const clip of ['three.mp4', 'three-pieces.mp4'] as const)
    for (const start of [[], [{ from: null, seconds: 1 }]]) {
      const path = await edited(clip, [...start, { from: 0, seconds: 1.2 }], [...start, { from: 0, seconds: 1.2 }])
      expect(await findCuts(eyes, path, (await readMovie(path))!, await probe(eyes, path))).toBeNull()
    }
})

test('a video of very many parts is refused, because each takes a decoder', async () => {
  const many = Array.from({ length: 41 }, (_, i) => ({ from: (i % 2) * 0.5, seconds: 0.1 }))
  const path = await edited('three.mp4', many, MIDDLE)
  const [movie, probed] = [await readMovie(path), await probe(eyes, path)]
  await expect(findCuts(eyes, path, movie!, probed)).rejects.toMatchObject({ code: 'too_many_parts' })
})
