import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { type Clip, makeClips } from '../../../test/clips'
import { boxesOf } from '../../../test/mp4-boxes'
import { BadMedia } from '../errors'
import { embeddedEngine } from '../ffmpeg/embedded'
import { type Ffmpeg, INPUT, OUTPUT } from '../ffmpeg/engine'
import { installedFfmpeg } from '../ffmpeg/find'
import { whatIsMissing } from '../ffmpeg/native'
import { renditionFile } from '../renditions'
import { makeVideo } from './make'
import { probe } from './probe'

const dir = mkdtempSync(join(tmpdir(), 'pinhole-odd-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const clips = await makeClips(['phone.mp4', 'film.mkv', 'pieces.mp4'])
const core = embeddedEngine(dir, 0)

const installed = installedFfmpeg(process.env.PATH ?? '')
const native = installed !== 'embedded' && !whatIsMissing(installed) ? installed : null
if (!native)
  console.log('There is no ffmpeg with libx264 and aac on PATH: the tests of the native engine are left out.')
const engines: [string, Ffmpeg][] = [
  ...(native ? [['installed', native] as [string, Ffmpeg]] : []),
  ['our own', 'embedded'],
]
const anyEngine = native ?? 'embedded'

/** Makes a new file out of a clip. `before` are options of the input. */
async function remade(input: string, name: string, args: string[], before: string[] = []): Promise<string> {
  const output = join(dir, `${crypto.randomUUID()}${extname(name)}`)
  const all = ['-v', 'error', ...before, '-i', INPUT, ...args, OUTPUT]
  const ended = await core.run({ program: 'ffmpeg', args: all, input, output, timeoutMs: 60_000 })
  if (!ended.ok) throw new Error(ended.log)
  return output
}

async function patched(clip: Clip, patch: (file: Buffer) => void): Promise<string> {
  const file = Buffer.from(await Bun.file(clips(clip)).bytes())
  patch(file)
  const path = join(dir, crypto.randomUUID())
  await Bun.write(path, file)
  return path
}

async function develop(input: string, ffmpeg: Ffmpeg = anyEngine) {
  const output = mkdtempSync(join(dir, 'out-'))
  const { duration, note } = await makeVideo({ input, output, ffmpeg }, () => {})
  return { duration, note, mp4: join(output, renditionFile('mp4')) }
}

const codeOf = (input: string, ffmpeg: Ffmpeg = anyEngine) =>
  develop(input, ffmpeg).then(
    () => 'fine',
    (error) => (error instanceof BadMedia ? error.code : error),
  )

/** The mean brightness and colour of the first frame. */
async function colourOf(video: string): Promise<number[]> {
  const args = ['-frames:v', '1', '-vf', 'scale=1:1', '-pix_fmt', 'yuv444p', '-f', 'rawvideo']
  return [...(await Bun.file(await remade(video, 'pixel.raw', args)).bytes())]
}

for (const [whose, ffmpeg] of engines)
  test(`a video whose tracks all start late lasts as long as what it shows (${whose} ffmpeg)`, async () => {
    for (const [clip, seconds] of [
      ['phone.mp4', '1.5'],
      ['film.mkv', '10'],
    ] as const) {
      const late = await remade(clips(clip), clip, ['-c', 'copy'], ['-itsoffset', seconds])
      expect((await probe(core, late)).seconds).toBeCloseTo(1, 0)
      expect(Math.abs((await develop(late, ffmpeg)).duration - 1)).toBeLessThan(0.1)
    }
  })

test('a recording whose length was never written is accepted', async () => {
  const endless = await patched('pieces.mp4', (file) => {
    for (const { kind, body } of boxesOf(file)) {
      if (kind === 'mvhd' || kind === 'mdhd') file.writeUInt32BE(0xffff_ffff, body + 16)
      if (kind === 'tkhd') file.writeUInt32BE(0xffff_ffff, body + 20)
    }
  })
  for (const [, ffmpeg] of engines) expect(Math.abs((await develop(endless, ffmpeg)).duration - 1)).toBeLessThan(0.15)
})

test('an unknown codec and encryption have reasons of their own', async () => {
  const unknown = await patched('phone.mp4', (file) => {
    for (const [from, to] of [
      ['avc1', 'vvc1'],
      ['avcC', 'vvcC'],
    ] as const)
      file.write(to, file.lastIndexOf(from), 'latin1')
  })
  const key = [
    '-encryption_key',
    '76a6c65c5ea762046bd749a2e632ccbb',
    '-encryption_kid',
    'a7e61c373e219033c21091fa607bf3b8',
  ]
  const scheme = ['-c', 'copy', '-encryption_scheme', 'cenc-aes-ctr']
  const encrypted = await remade(clips('phone.mp4'), 'secret.mp4', [...scheme, ...key])
  for (const [, ffmpeg] of engines) {
    expect([await codeOf(unknown, ffmpeg), await codeOf(encrypted, ffmpeg)]).toEqual(['codec', 'encrypted'])
    await expect(develop(unknown, ffmpeg)).rejects.toMatchObject({ values: { codec: 'VVC (H.266)' } })
  }
})

test('a video keeps its picture when its sound has an unknown codec, and the uploader is told', async () => {
  const unknown = await patched('phone.mp4', (file) => {
    file.write('ac-4', file.lastIndexOf('mp4a'), 'latin1')
    file.write('free', file.lastIndexOf('esds'), 'latin1')
  })
  for (const [, ffmpeg] of engines)
    expect((await develop(unknown, ffmpeg)).note).toEqual({ code: 'sound_dropped', values: { codec: 'AC-4' } })
  expect((await develop(clips('phone.mp4'))).note).toBeUndefined()
})

test('a picture of red, green and blue is converted and marked as the colours of HD', async () => {
  const filled = 'drawbox=c=0x20c040:t=fill,format=rgb24'
  const rgb = await remade(clips('phone.mp4'), 'screen.mov', ['-an', '-vf', filled, '-c:v', 'qtrle'])
  for (const [, ffmpeg] of engines) {
    const { mp4 } = await develop(rgb, ffmpeg)
    const right = [143.7, 87.9, 62.9] // 32, 192, 64 by BT.709
    const off = (await colourOf(mp4)).map((value, i) => Math.abs(value - right[i]!))
    expect(Math.max(...off)).toBeLessThan(3)
    const what = ['-v', 'error', '-show_entries', 'stream=color_space,color_primaries,color_transfer,color_range']
    const args = [...what, '-select_streams', 'v', '-of', 'csv=p=0', INPUT]
    const { printed } = await core.run({ program: 'ffprobe', args, input: mp4, timeoutMs: 60_000 })
    expect(printed.trim()).toBe('tv,bt709,bt709,bt709')
  }
})

test('a track that players do not show is not published', async () => {
  const fill = (track: number, colour: string) => [`-filter:v:${track}`, `drawbox=c=${colour}:t=fill`]
  const two = [
    '-map',
    '0:v',
    '-map',
    '0:v',
    ...fill(0, 'red'),
    ...fill(1, 'blue'),
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
  ]
  const args = [...two, '-preset', 'ultrafast', '-disposition:v:0', '0', '-disposition:v:1', 'default']
  const { mp4 } = await develop(await remade(clips('phone.mp4'), 'two.mp4', args))
  const [, blueness] = await colourOf(mp4)
  expect(blueness).toBeGreaterThan(200)
})
