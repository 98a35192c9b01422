import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { embeddedEngine } from '../src/media/ffmpeg/embedded'
import { INPUT, OUTPUT } from '../src/media/ffmpeg/engine'
import type { Colour } from './photos'

/** Pictures whose colours are named by numbers instead of a profile, all made with ffmpeg's own conversions. */

const BARS: Colour[] = [
  [255, 255, 255],
  [120, 120, 120],
  [200, 60, 40],
  [60, 180, 70],
  [50, 70, 190],
  [210, 190, 60],
  [150, 20, 140],
  [20, 150, 160],
]
const WIDTH = 256
const HEIGHT = 64

/** Eight bars in sRGB, 8 bits per channel. */
export const bars = Buffer.from(
  Array.from({ length: HEIGHT }, () =>
    Array.from({ length: WIDTH }, (_, x) => BARS[Math.floor((x * 8) / WIDTH)]!),
  ).flat(2),
)

/** Runs the embedded ffmpeg on bytes. `before` are options of the input. */
async function ffmpeg(input: Uint8Array, before: string[], args: string[], ending: string): Promise<Buffer> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-colours-'))
  try {
    await Bun.write(join(dir, 'in'), input)
    const all = ['-v', 'error', ...before, '-i', INPUT, ...args, OUTPUT]
    const files = { input: join(dir, 'in'), output: join(dir, `out${ending}`) }
    const ended = await embeddedEngine(dir, 0).run({ program: 'ffmpeg', args: all, ...files, timeoutMs: 60_000 })
    if (!ended.ok) throw new Error(ended.log)
    return Buffer.from(await Bun.file(files.output).bytes())
  } finally {
    rmSync(dir, { recursive: true })
  }
}

const RAW = ['-f', 'rawvideo', '-s', `${WIDTH}x${HEIGHT}`]
const LIGHT = 'zscale=tin=iec61966-2-1:pin=bt709:min=gbr:rin=full:t=linear:p=bt709:m=gbr:r=full:npl=203'

/** The bars with other primaries and another curve, as red, green and blue with 16 bits. */
export const stored = (primaries: string, transfer: string): Promise<Buffer> => {
  const to = `zscale=tin=linear:pin=bt709:min=gbr:rin=full:p=${primaries}:t=${transfer}:m=gbr:r=full:npl=203:agamma=false`
  const filters = ['-vf', `format=gbrp,${LIGHT},format=gbrpf32le,${to},format=gbrp16le,format=rgb48le`]
  return ffmpeg(bars, [...RAW, '-pix_fmt', 'rgb24'], [...filters, '-f', 'rawvideo'], '.raw')
}

/** What the filters for videos make of such a picture, as sRGB with 8 bits. */
export const asInVideos = (pixels: Buffer, transfer: string): Promise<Buffer> => {
  const from = `setparams=color_primaries=bt2020:color_trc=${transfer}:colorspace=gbr:range=pc`
  const filters = [
    ...['format=gbrp16le', from, 'zscale=transfer=linear:npl=203:agamma=false', 'format=gbrpf32le'],
    ...['zscale=primaries=bt709', 'tonemap=tonemap=mobius:desat=0'],
    ...['zscale=transfer=iec61966-2-1:matrix=gbr:range=full', 'format=gbrp', 'format=rgb24'],
  ]
  return ffmpeg(pixels, [...RAW, '-pix_fmt', 'rgb48le'], ['-vf', filters.join(), '-f', 'rawvideo'], '.raw')
}

const raw = { raw: { width: WIDTH, height: HEIGHT, channels: 3 } } as const

/** A picture of such pixels with 16 bits. */
export const deep = (pixels: Buffer) =>
  sharp(new Uint16Array(pixels.buffer, pixels.byteOffset, pixels.length / 2), raw).toColourspace('rgb16')

/** The mean difference of a finished picture from pixels in sRGB. */
export async function meanOff(picture: Uint8Array, expected: Uint8Array): Promise<number> {
  const data = await sharp(picture).removeAlpha().raw().toBuffer()
  if (data.length !== expected.length) throw new Error('The pictures have different sizes.')
  return data.reduce((sum, value, i) => sum + Math.abs(value - expected[i]!), 0) / data.length
}
