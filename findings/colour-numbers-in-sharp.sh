#!/bin/sh
# sharp 0.35.5 (libvips 8.18.7) ignores the colours that an AVIF file names by numbers.
#
# A `colr` box of the type `nclx` names the primaries of an AVIF picture by numbers (ITU-T H.273) where it has no ICC
# profile. ffmpeg 7.0.2 (imageio-ffmpeg 0.6.0) writes the same pixels twice here: once as BT.709 (1), once as Display P3 (12).
#
# Expected: the pixels of the second file are converted, so that both differ in sRGB; or sharp at least tells the numbers.
# Seen: both files give the same sRGB, without a profile, so pictures in Display P3 (and in HDR, PQ or HLG) look pale.
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

for primaries in bt709 smpte432; do
  "$ffmpeg" -v error -f lavfi -i color=c=0xc86432:s=64x64 -frames:v 1 \
    -vf scale=out_color_matrix=bt709:out_range=pc,format=yuv444p -c:v libaom-av1 -cpu-used 8 -still-picture 1 \
    -color_primaries $primaries -color_trc iec61966-2-1 -colorspace bt709 -color_range pc $primaries.avif
done

cat > read.mjs <<'JS'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'

const { sharp: version, vips, heif } = sharp.versions
console.log(`sharp ${version}, libvips ${vips}, libheif ${heif}`)
const read = async (file) => {
  const bytes = readFileSync(file)
  const primaries = bytes.readUInt16BE(bytes.indexOf('colrnclx') + 8)
  const { space, hasProfile } = await sharp(file).metadata()
  const pixel = [...(await sharp(file).toColourspace('srgb').raw().toBuffer()).subarray(0, 3)].join(' ')
  console.log(`${file}: primaries ${primaries}, sharp says: ${space}, profile: ${hasProfile}, first pixel: ${pixel}`)
  return { primaries, hasProfile, pixel }
}
const [plain, wide] = [await read('bt709.avif'), await read('smpte432.avif')]
const asBefore = plain.primaries === 1 && wide.primaries === 12 && !wide.hasProfile && plain.pixel === wide.pixel
console.log(asBefore ? 'As before: both have the same colours.' : 'CHANGED: see above.')
process.exit(asBefore ? 0 : 1)
JS
node read.mjs
