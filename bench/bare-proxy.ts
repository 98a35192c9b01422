// Passes on what another server sends, with nothing else: no signature, no question who asks, no headers of its own.
const [origin = ''] = process.argv.slice(2)
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  async fetch({ url, headers }) {
    const range = headers.get('range')
    const response = await fetch(origin + new URL(url).pathname, { headers: range ? { range } : {} })
    return new Response(response.body, { status: response.status })
  },
})
console.log(server.url.origin)
