// Keeps a copy of every photo and video that you have uploaded, as you uploaded it. What is there already is not
// downloaded again: PINHOLE_TOKEN=… bun mirror.ts https://photos.example.org ~/photos
import { createWriteStream } from 'node:fs'
import { basename, join } from 'node:path'
import { Writable } from 'node:stream'
import { connect } from 'pinhole-client'
import { sha256 } from './sha256.js'

const [address = '', folder = '.'] = process.argv.slice(2)
const pinhole = connect(address, process.env.PINHOLE_TOKEN)

for await (const { id, name = '', sha256: hash } of pinhole.list('GET /api/files')) {
  const path = join(folder, `${id} ${basename(name)}`)
  if ((await sha256(path)) === hash) continue
  const original = await pinhole.call('GET /api/files/{id}/original', { path: { id } })
  await original.body?.pipeTo(Writable.toWeb(createWriteStream(path)))
  console.log(`downloaded ${path}`)
}
