// Thanks everybody who comments on your posts. It keeps the id of the last event in a file and goes on after it, so it
// misses nobody when it or the server restarts: PINHOLE_TOKEN=… bun bot.ts https://photos.example.org last-event
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { connect } from 'pinhole-client'

const [address = '', memory = 'last-event'] = process.argv.slice(2)
const pinhole = connect(address, process.env.PINHOLE_TOKEN)
const lastEventId = existsSync(memory) ? await readFile(memory, 'utf8') : undefined

for await (const { id: event, data } of pinhole.events({ lastEventId })) {
  if ('commentId' in data && data.kind === 'comment' && data.postId) {
    const body = { text: `Thank you, @${data.actor}!`, parentId: data.commentId }
    const idempotencyKey = `thanks ${data.commentId}`
    await pinhole.call('POST /api/posts/{id}/comments', { path: { id: data.postId }, body, idempotencyKey })
    console.log(`thanked ${data.actor}`)
  }
  await writeFile(`${memory}.new`, event)
  await rename(`${memory}.new`, memory) // replaced as a whole, so that a bot that is killed meanwhile finds one of both
}
