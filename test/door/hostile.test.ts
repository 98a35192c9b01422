import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { evilFiles, isPicture, SECRET } from './evil'
import { endure } from './ordeal'
import { openPlace, type Place, type Somebody } from './place'

let place: Place
let ann: Somebody
beforeAll(async () => {
  place = await openPlace()
  ann = await place.join('ann')
  await Bun.write(join(place.dir, 'secret.txt'), SECRET)
})
afterAll(() => place[Symbol.asyncDispose]())

test('hostile files are refused for a reason or shown, block no one and leave nothing behind', async () => {
  const ready = await endure(place, ann, await evilFiles(join(place.dir, 'secret.txt')), 1800)
  expect(ready.size).toBeGreaterThan(5)
  for (const id of ready.values())
    for (const path of new Bun.Glob('{full,preview}/*').scanSync(join(place.dir, 'media', String(id)))) {
      const bytes = await Bun.file(join(place.dir, 'media', String(id), path)).bytes()
      expect([id, path, await isPicture(bytes)]).toEqual([id, path, true])
      for (const word of [SECRET, '<script', 'alert', 'PK\x03\x04', '%PDF'])
        expect([id, path, word, Buffer.from(bytes).includes(word)]).toEqual([id, path, word, false])
    }
}, 60_000)
