#!/bin/sh
# sharp 0.35.5 (libvips) does not recognize AVIF files whose major brand is "avis".
#
# ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) writes animated AVIF with the major brand "avis" and the compatible brands "avif"
# and "mif1", and with a primary item. By the AV1 Image File Format specification, the brand "avif" says that the file is also an AVIF
# image with a primary item, which a reader of still pictures can show.
#
# Expected: sharp reads the primary picture, as it does from a still AVIF of the same encoder.
# Seen: "Input file contains unsupported image format".
#
# Needs Node 20, npm, Python 3 with pip, and network access.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv python
python/bin/pip --quiet install imageio-ffmpeg==0.6.0
npm install --silent --no-audit --no-fund sharp@0.35.5 >/dev/null
ffmpeg=$(python/bin/python -c 'import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())')
"$ffmpeg" -version | head -n 1

source='-f lavfi -i testsrc=s=64x48:r=5:d=1'
# shellcheck disable=SC2086
"$ffmpeg" -v error $source -c:v libaom-av1 -cpu-used 8 moving.avif
# shellcheck disable=SC2086
"$ffmpeg" -v error $source -frames:v 1 -c:v libaom-av1 -cpu-used 8 still.avif

cat > read.mjs <<'JS'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'

const brandsOf = (file) => {
  const bytes = readFileSync(file)
  return bytes.subarray(8, bytes.readUInt32BE(0)).toString('latin1').match(/[a-z][\w ]{3}/gi)
}
const read = (file) =>
  sharp(file).metadata().then(({ format, width, height }) => `${format} ${width}x${height}`, (error) => error.message)

const { sharp: version, vips, heif } = sharp.versions
console.log(`sharp ${version}, libvips ${vips}, libheif ${heif}`)
const seen = {}
for (const file of ['still.avif', 'moving.avif']) {
  seen[file] = await read(file)
  console.log(`${file}: brands ${brandsOf(file).join(' ')}, sharp says: ${seen[file]}`)
}
const asBefore = seen['still.avif'] === 'heif 64x48' && /unsupported image format/.test(seen['moving.avif'])
console.log(asBefore ? 'As before: the moving file is refused.' : 'CHANGED: see above.')
process.exit(asBefore ? 0 : 1)
JS
node read.mjs
