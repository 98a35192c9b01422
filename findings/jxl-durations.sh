#!/bin/sh
# jxl-oxide-wasm 0.12.5 reports wrong durations of the frames of an animated JPEG XL file.
#
# By ISO/IEC 18181-1, a frame lasts as many ticks as its header says, and the file says how many ticks a second has, as a
# fraction. So its duration in seconds is the number of ticks, divided by that fraction.
#
# Expected: 0.05, 0.12 and 0.3 seconds for the frames of a GIF with these delays that cjxl has converted.
# Seen: 500, 1200 and 3000 seconds, because the decoder multiplies by the fraction.
#
# Needs Node 20, npm, cjxl (Debian's package libjxl-tools), and network access.
set -eu
command -v cjxl >/dev/null || { echo 'cjxl is not installed.'; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund sharp@0.35.5 jxl-oxide-wasm@0.12.5 >/dev/null

cat > draw.mjs <<'JS'
import sharp from 'sharp'

const still = (background) => sharp({ create: { width: 64, height: 48, channels: 3, background } }).png().toBuffer()
const frames = await Promise.all(['red', 'lime', 'blue'].map(still))
await sharp(frames, { join: { animated: true } }).gif({ delay: [50, 120, 300] }).toFile('moving.gif')
JS
node draw.mjs
cjxl --version | head -n 1
cjxl moving.gif moving.jxl 2>/dev/null

cat > read.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { initSync, JxlImage, version } from 'jxl-oxide-wasm'

initSync({ module: readFileSync('node_modules/jxl-oxide-wasm/jxl_oxide_wasm_bg.wasm') })
const picture = new JxlImage()
picture.feedBytes(readFileSync('moving.jxl'))
picture.tryInit()
const seen = [0, 1, 2].map((frame) => picture.render(frame).duration).join(', ')
console.log(`jxl-oxide-wasm ${version()} says that the frames last ${seen} seconds instead of 0.05, 0.12, 0.3.`)
const asBefore = seen === '500, 1200, 3000'
console.log(asBefore ? 'As before: the durations are wrong.' : 'CHANGED: see above.')
process.exit(asBefore ? 0 : 1)
JS
node read.mjs
