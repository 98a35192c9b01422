// Posts every photo and video of a folder, with its name as the caption. What was posted before is not posted again:
// PINHOLE_TOKEN=… bun poster.ts https://photos.example.org ~/photos
import { openAsBlob } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { connect, ProblemError } from 'pinhole-client'
import { sha256 } from './sha256.js'

const [address = '', folder = '.'] = process.argv.slice(2)
const pinhole = connect(address, process.env.PINHOLE_TOKEN)

for (const name of (await readdir(folder)).sort()) {
  const path = join(folder, name)
  const hash = (await sha256(path)) ?? ''
  const { items } = await pinhole.call('GET /api/files', { query: { sha256: hash } })
  if (items.some(({ postId }) => postId)) continue
  try {
    // the hash of a file is known once it has been processed, and until then the keys keep it from being posted twice
    const file = new File([await openAsBlob(path)], name)
    const { id } = items[0] ?? (await pinhole.call('POST /api/files', { body: { file }, idempotencyKey: hash }))
    const body = { caption: parse(name).name, fileIds: [id] }
    const post = await pinhole.call('POST /api/posts', { body, idempotencyKey: hash })
    console.log(`post ${post.id}: ${name}`)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    console.error(`${name}: ${error.message}`)
  }
}
