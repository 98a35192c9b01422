import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { makeClips } from '../clips'
import { colourOf, showsMarker } from '../soak/marker'
import { evilVideos } from './evil-videos'
import { endure } from './ordeal'
import { openPlace, type Place, type Somebody } from './place'

let place: Place
let ann: Somebody
beforeAll(async () => {
  place = await openPlace({
    PATH: process.env.PATH ?? '',
    ...(process.env.PINHOLE_FFMPEG && { PINHOLE_FFMPEG: process.env.PINHOLE_FFMPEG }),
  })
  ann = await place.join('ann')
}, 20_000)
afterAll(() => place[Symbol.asyncDispose]())

test('hostile videos are refused for a reason or shown, read no other files and block no one', async () => {
  const clips = await makeClips(['marker.mp4'])
  const elsewhere = join(place.dir, 'elsewhere.mp4')
  await Bun.write(elsewhere, Bun.file(clips('marker.mp4')))
  const evil = await evilVideos(elsewhere)
  const ready = await endure(place, ann, evil, 3000)
  expect(ready.size).toBeGreaterThan(5)
  for (const [name, id] of ready) {
    const folder = join(place.dir, 'media', String(id))
    for (const path of new Bun.Glob('{full,preview}/*').scanSync(folder))
      expect([name, path, (await colourOf(join(folder, path))).some(showsMarker)]).toEqual([name, path, false])
  }
}, 240_000)
