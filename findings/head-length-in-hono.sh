#!/bin/sh
# Hono 4.13.19 on Bun 1.4.5 answers HEAD with `Content-Length: 0`, whatever the length of the page is.
#
# RFC 9110, section 8.6: a server must not send Content-Length in a response to HEAD unless it is the number of bytes that
# the response to GET would have had.
#
# Expected: `Content-Length: 5`, as for GET, or no such header.
# Seen: `Content-Length: 0`. Hono replaces the body by null before Bun sees the response. Bun alone, given the response
# with its body, sends the length of GET.
#
# Needs npm and network access.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-audit --no-fund bun@1.4.5 hono@4.13.19 >/dev/null
cat > ask.ts <<'TS'
import { connect } from 'node:net'
import { Hono } from 'hono'
import { version } from 'hono/package.json'

const ask = (port: number, method: string) =>
  new Promise<string>((done) => {
    let text = ''
    const socket = connect(port, '127.0.0.1')
    socket.on('data', (bytes) => {
      text += bytes
    })
    socket.on('close', () => done(/^content-length: (\d+)/im.exec(text)?.[1] ?? 'none'))
    socket.write(`${method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  })

console.log(`Bun ${Bun.version}, Hono ${version}`)
const page = () => new Response('hello')
const handlers = { Hono: new Hono().get('/', page).fetch, 'Bun alone': page }
const seen: string[] = []
for (const [name, fetch] of Object.entries(handlers)) {
  const server = Bun.serve({ port: 0, fetch })
  for (const method of ['GET', 'HEAD']) {
    seen.push(await ask(server.port!, method))
    console.log(`${name}, ${method}: Content-Length: ${seen.at(-1)}`)
  }
  await server.stop(true)
}
const asBefore = seen.join() === '5,0,5,5'
console.log(asBefore ? 'As before: HEAD tells another length than GET.' : 'CHANGED: see above.')
process.exit(asBefore ? 0 : 1)
TS
node_modules/.bin/bun ask.ts
