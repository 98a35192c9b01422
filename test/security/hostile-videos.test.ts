import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { makeClips } from '../clips'
import { partOf } from '../part'
import { colourOf, showsMarker } from '../soak/marker-colours'
import { hostileVideos } from './hostile-videos'
import { serverWith } from './server'
import { uploadHostileFiles } from './upload-hostile'

const { server, ann } = await serverWith(['ann'], {
  PATH: process.env.PATH ?? '',
  ...(process.env.PINHOLE_FFMPEG && { PINHOLE_FFMPEG: process.env.PINHOLE_FFMPEG }),
})

test('hostile videos are refused for a reason or shown, read no other files and block no one', async () => {
  const clips = await makeClips(['marker.mp4'])
  const elsewhere = join(server.dir, 'elsewhere.mp4')
  await Bun.write(elsewhere, Bun.file(clips('marker.mp4')))
  const files = partOf(await hostileVideos(elsewhere), 6)
  const ready = await uploadHostileFiles(server, ann, files, 3000)
  expect(ready.size).toBeGreaterThan(1)
  for (const [name, id] of ready) {
    const folder = join(server.dir, 'media', String(id))
    for (const path of new Bun.Glob('{full,preview}/*').scanSync(folder))
      expect([name, path, (await colourOf(join(folder, path))).some(showsMarker)]).toEqual([name, path, false])
  }
}, 600_000)
