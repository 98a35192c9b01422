import { expect, test } from 'bun:test'
import { photo } from '../photos'
import { emptyFolder } from './executable'
import { password, setUp, signIn } from './script'

test('leaktest checks a community that is being served and finds a preview that shows too much', async () => {
  await using place = await emptyFolder()
  const server = await place.serve()
  await setUp(server)
  for (const handle of ['ann', 'bob']) {
    const made = await place.run(['users', 'create', handle, '--password-stdin'], { stdin: password })
    expect(made.status).toBe(0)
  }
  const [ann, bob] = [await signIn(server.address, 'ann'), await signIn(server.address, 'bob')]
  const shot = await photo({ width: 600, height: 400 }).jpeg().toBuffer()
  const fileId = await ann.upload(shot, 'paid.jpg')
  const { id } = await ann.ask('POST /posts', { price: 10, fileIds: [fileId] })
  await ann.published(id)
  await bob.ask('PUT /blocks/ann')

  const sound = await place.run(['leaktest', '--json'])
  expect([sound.status, sound.err, JSON.parse(sound.out).leaks]).toEqual([0, '', []])
  await Bun.write(
    `${place.folder}/data/media/${fileId}/preview/blurred.webp`,
    await photo({ width: 600, height: 400 }).webp().toBuffer(),
  )
  const leaky = await place.run(['leaktest'])
  expect([leaky.status, leaky.out]).toEqual([1, expect.stringContaining('LEAK')])
  await server.stop()
})
