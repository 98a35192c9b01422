#!/bin/sh
# sharp 0.35.5 (libvips 8.18.7) reads three kinds of TIFF files otherwise than their tags say.
#
# All files are written by tifffile 2026.3.3 and follow TIFF 6.0 and its supplement on floating-point numbers.
#
# 1. A grey picture of floating-point numbers from 0 to 1 (SampleFormat 3, BlackIsZero).
#    Expected: white is white, as it is in a picture with three such samples.
#    Seen: white becomes level 1 of 255, so the picture looks black. The numbers are taken for levels up to 255.
# 2. Four samples in RGB, the last of which is "unspecified data" (ExtraSamples 0).
#    Expected: an opaque picture, since only ExtraSamples 1 and 2 are transparency.
#    Seen: `hasAlpha` is true, so the picture is invisible where the fourth sample is 0.
# 3. CIE L*a*b* with 8 bits for each sample (PhotometricInterpretation 8), which section 23 of TIFF 6.0 describes.
#    Expected: the picture, as with 16 bits.
#    Seen: "bad labq format".
#
# Needs Node 20, npm, Python 3 with pip, and network access.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv python
python/bin/pip --quiet install tifffile==2026.3.3 numpy==2.4.6
npm install --silent --no-audit --no-fund sharp@0.35.5 >/dev/null

python/bin/python - <<'PY'
import numpy
import tifffile

size = (8, 8)
one = lambda *samples, dtype: numpy.full((*size, len(samples)), samples, dtype)
tifffile.imwrite("grey-float.tif", numpy.ones(size, "float32"), photometric="minisblack")
tifffile.imwrite("colour-float.tif", one(1, 1, 1, dtype="float32"), photometric="rgb")
tifffile.imwrite("unspecified.tif", one(200, 100, 50, 0, dtype="uint8"), photometric="rgb", extrasamples=["unspecified"])
tifffile.imwrite("lab-8.tif", one(128, 20, 10, dtype="uint8"), photometric="cielab")
tifffile.imwrite("lab-16.tif", one(32768, 5120, 2560, dtype="uint16"), photometric="cielab")
PY

cat > read.mjs <<'JS'
import sharp from 'sharp'

const read = async (file) => {
  try {
    const { hasAlpha } = await sharp(file).metadata()
    const pixels = await sharp(await sharp(file).toColourspace('srgb').png().toBuffer()).raw().toBuffer()
    return { hasAlpha, first: [...pixels.subarray(0, hasAlpha ? 4 : 3)].join(' ') }
  } catch (error) {
    return { error: error.message.split('\n')[0] }
  }
}

console.log(`sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}, libtiff ${sharp.versions.tiff}`)
const seen = {}
for (const file of ['grey-float', 'colour-float', 'unspecified', 'lab-8', 'lab-16']) {
  seen[file] = await read(`${file}.tif`)
  console.log(`${file}.tif:`, JSON.stringify(seen[file]))
}
const asBefore =
  seen['grey-float'].first === '1 1 1' &&
  seen['colour-float'].first === '255 255 255' &&
  seen.unspecified.first === '200 100 50 0' &&
  /bad labq format/.test(seen['lab-8'].error) &&
  !seen['lab-16'].error
console.log(asBefore ? 'As before: black, transparent and refused.' : 'CHANGED: see above.')
process.exit(asBefore ? 0 : 1)
JS
node read.mjs
