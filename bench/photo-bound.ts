import { constants, setPriority } from 'node:os'
import sharp, { type Sharp } from 'sharp'

/**
 * The bound of the benchmark of photos, in a process of its own: `bun photo-bound.ts AT-ONCE FILE …` decodes each photo
 * once, encodes it in the sizes that Pinhole makes, keeps nothing, and prints the seconds that this took.
 */
const [atOnce, ...files] = process.argv.slice(2)

// the same priority as the media worker, so that other work on the machine slows both equally
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
sharp.cache(false)

const inside = (picture: Sharp, side: number) =>
  picture.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })

async function encodeAll(file: string) {
  const { data, info } = await inside(sharp(file).autoOrient(), 2560).raw().toBuffer({ resolveWithObject: true })
  const open = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
  const webp = { quality: 82, effort: 2 }
  await Promise.all([
    open().webp(webp).toBuffer(),
    Math.max(info.width, info.height) > 1440 && inside(open(), 1440).webp(webp).toBuffer(),
    inside(open(), 480).webp(webp).toBuffer(),
    inside(open(), 32).webp({ quality: 60, effort: 6 }).toBuffer(),
  ])
}

await encodeAll(files[0]!) // libvips is loaded
const start = performance.now()
const waiting = files.values()
await Promise.all(
  Array.from({ length: Number(atOnce) }, async () => {
    for (const file of waiting) await encodeAll(file)
  }),
)
console.log((performance.now() - start) / 1000)
