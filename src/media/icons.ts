import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { ICONS, type IconName } from '../../shapes/mark'
import { BadMedia } from './errors'
import { decodeStill, openOriginal } from './original'
import { ICONS_FOLDER, type IconsResult, type ImageTask } from './renditions'
import { SNIFF_BYTES, sniff } from './sniff'
import { readable } from './still'

const LARGEST = Math.max(...Object.values(ICONS).map(({ side }) => side))
const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 }
const WHITE = '#ffffff'
const BLACK = '#111111'

/**
 * Makes the icons of the community from a picture, as PNG without metadata. All of the picture is shown, so one that is
 * not square gets clear margins.
 */
export async function makeIcons({ input, output }: ImageTask): Promise<IconsResult> {
  const sniffed = sniff(await Bun.file(input).slice(0, SNIFF_BYTES).bytes())
  if (sniffed?.kind !== 'image') throw new BadMedia('unsupported')
  const still = await decodeStill(await openOriginal(input, sniffed.type), LARGEST)
  const open = () => still.open().toColourspace('srgb').ensureAlpha()
  const ground = await groundFor(open())
  await mkdir(join(output, ICONS_FOLDER))
  const icons = Object.keys(ICONS) as IconName[]
  for (const name of icons) await Bun.write(join(output, ICONS_FOLDER, name), await draw(open(), name, ground))
  return { icons }
}

/** Phones fill clear parts of some icons with black, so those get a ground on which the picture can be seen. */
async function draw(picture: Sharp, name: IconName, ground: string): Promise<Buffer> {
  const { side, inset, filled } = ICONS[name]
  const inner = Math.round(side * (1 - 2 * inset))
  const [before, after] = [Math.floor((side - inner) / 2), Math.ceil((side - inner) / 2)]
  const fitted = await readable(
    picture.resize({ width: inner, height: inner, fit: 'contain', background: CLEAR }).png().toBuffer(),
  )
  const whole = sharp(fitted).extend({ top: before, bottom: after, left: before, right: after, background: CLEAR })
  const drawn = filled ? sharp(await whole.png().toBuffer()).flatten({ background: ground }) : whole
  // a palette keeps the icons small, which every page loads
  return drawn.png({ palette: true, quality: 95, effort: 7 }).toBuffer()
}

/** White, or black for a picture whose visible parts are mostly light. */
async function groundFor(picture: Sharp): Promise<string> {
  const pixels = await readable(picture.resize(32, 32, { fit: 'fill' }).raw().toBuffer())
  let [light, seen] = [0, 0]
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]!
    light += ((pixels[at]! + pixels[at + 1]! + pixels[at + 2]!) / 3) * alpha
    seen += alpha
  }
  return seen && light / seen > 200 ? BLACK : WHITE
}
