import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Edit } from '../../../shapes/edits'
import { colourOf, openEyes } from '../../../test/clip-contents'
import { type Clip, makeClips } from '../../../test/clips'
import { withEdits } from '../../../test/edit-lists'
import { INPUT, OUTPUT } from '../ffmpeg/engine'
import { installedFfmpeg } from '../ffmpeg/find'
import { whatIsMissing } from '../ffmpeg/native'
import { renditionFile } from '../renditions'
import { makeCover, makeVideo } from './make'

const dir = mkdtempSync(join(tmpdir(), 'pinhole-edit-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const clips = await makeClips(['three.mp4', 'three.avi', 'marker.mp4'])
const { eyes, coloursIn, loudestIn } = openEyes(dir)

const installed = installedFfmpeg(process.env.PATH ?? '')
const ffmpeg = installed !== 'embedded' && !whatIsMissing(installed) ? installed : ('embedded' as const)

async function make(input: string, edit: Edit, how = ffmpeg as typeof ffmpeg | 'embedded') {
  const output = mkdtempSync(join(dir, 'out-'))
  const made = await makeVideo({ input, output, ffmpeg: how, edit }, () => {})
  const at = (name: 'mp4' | 'poster' | 'thumb' | 'blurred') => join(output, renditionFile(name))
  return {
    ...made,
    at,
    stills: await Promise.all((['poster', 'thumb', 'blurred'] as const).map((n) => colourOf(at(n)))),
  }
}

const blue = (frames: number) => Array<string>(frames).fill('blue')
/** While the clip is blue, it is silent. */
const MIDDLE = { trim: { start: 0.4, end: 0.7 } }

for (const [clip, how] of [
  ['three.mp4', ffmpeg],
  ['three.mp4', 'embedded'],
  ['three.avi', ffmpeg],
] as [Clip, typeof ffmpeg][])
  test(`a trimmed video has exactly the frames between its ends (${clip}, ${how === 'embedded' ? 'our own' : 'installed'} ffmpeg)`, async () => {
    const made = await make(clips(clip), MIDDLE, how)
    expect(await coloursIn(made.at('mp4'))).toEqual(blue(6))
    expect(made.stills).toEqual(blue(3))
    expect(await loudestIn(made.at('mp4'))).toBeLessThan(0.01)
    expect([Math.abs(made.duration - 0.3) < 0.05, Math.abs(made.original.duration! - 1) < 0.15]).toEqual([true, true])
  })

test('a trim also shortens what an edit list has left', async () => {
  const original = Buffer.from(await Bun.file(clips('three.mp4')).bytes())
  const path = join(dir, 'listed.mp4')
  // the frames are 0.1 seconds later in the file; what plays is red until 0.2, and then blue
  const list = (from: number) => [{ from, seconds: 0.4 }]
  await Bun.write(
    path,
    withEdits(original, (kind) => list(kind === 'vide' ? 0.3 : 0.2)),
  )
  const whole = await make(path, {})
  expect(await coloursIn(whole.at('mp4'))).toEqual(['red', 'red', 'red', 'red', ...blue(4)])
  const made = await make(path, { trim: { start: 0.2, end: 0.35 } })
  expect(await coloursIn(made.at('mp4'))).toEqual(blue(3))
})

test('a cropped and turned video has nothing of the rest, and its size says so', async () => {
  // the left half of the clip has another colour than the right one
  const edit: Edit = { crop: { x: 80, y: 20, width: 80, height: 60 }, turn: 90 }
  const made = await make(clips('marker.mp4'), edit)
  expect([made.width, made.height, made.original]).toEqual([
    60,
    80,
    { width: 160, height: 120, duration: made.duration },
  ])
  expect([made.renditions.mp4.width, made.renditions.mp4.height]).toEqual([60, 80])
  const frame = join(dir, 'frame.png')
  const args = ['-v', 'error', '-i', INPUT, '-frames:v', '1', OUTPUT]
  await eyes.run({ program: 'ffmpeg', args, input: made.at('mp4'), output: frame, timeoutMs: 60_000 })
  for (const picture of [frame, made.at('poster')]) {
    const { channels } = await sharp(picture).stats()
    for (const [i, value] of [0x2d, 0x8c, 0x1e].entries()) expect(Math.abs(channels[i]!.mean - value)).toBeLessThan(6)
    expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeLessThan(3)
  }
})

test('the cover is the frame that is shown at the chosen time, and can be chosen again without the original', async () => {
  const early = await make(clips('three.mp4'), { cover: 0.39 })
  expect(early.stills).toEqual(['red', 'red', 'red'])
  const output = mkdtempSync(join(dir, 'out-'))
  const task = { input: early.at('mp4'), output, ffmpeg, only: 'cover' as const }
  const { renditions } = await makeCover({ ...task, edit: { cover: 0.4 } })
  expect(Object.keys(renditions).sort()).toEqual(['blurred', 'poster', 'thumb'])
  expect(await colourOf(join(output, renditionFile('poster')))).toBe('blue')
})

test('what lies outside of the video is refused', async () => {
  for (const edit of [{ trim: { start: 5, end: 6 } }, { crop: { x: 0, y: 0, width: 161, height: 120 } }])
    await expect(make(clips('three.mp4'), edit)).rejects.toMatchObject({ code: 'outside' })
})
