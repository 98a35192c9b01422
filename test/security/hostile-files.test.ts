import { beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { hostileFiles, isPicture, SECRET } from './hostile-files'
import { serverWith } from './server'
import { uploadHostileFiles } from './upload-hostile'

const { server, ann } = await serverWith(['ann'])
beforeAll(async () => {
  await Bun.write(join(server.dir, 'secret.txt'), SECRET)
})

test('hostile files are refused for a reason or shown, block no one and leave nothing behind', async () => {
  const ready = await uploadHostileFiles(server, ann, await hostileFiles(join(server.dir, 'secret.txt')), 1800)
  expect(ready.size).toBeGreaterThan(5)
  for (const id of ready.values())
    for (const path of new Bun.Glob('{full,preview}/*').scanSync(join(server.dir, 'media', String(id)))) {
      const bytes = await Bun.file(join(server.dir, 'media', String(id), path)).bytes()
      expect([id, path, await isPicture(bytes)]).toEqual([id, path, true])
      for (const word of [SECRET, '<script', 'alert', 'PK\x03\x04', '%PDF'])
        expect([id, path, word, Buffer.from(bytes).includes(word)]).toEqual([id, path, word, false])
    }
})
