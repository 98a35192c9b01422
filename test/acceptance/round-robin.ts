type Passed = { node: number; method: string; path: string }

/** Headers that are about one connection only, or that `fetch` writes itself. */
const HOP = ['connection', 'host', 'content-length', 'transfer-encoding', 'keep-alive']

/**
 * A proxy in front of several servers, which sends each request to the next one that accepts connections, as any proxy
 * does that knows nothing of them. A request whose server dies is answered with 502, since nobody knows what it did.
 */
export function roundRobin(addressOf: (node: number) => string | undefined, nodes: number) {
  let turn = 0
  const passed: Passed[] = []
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    idleTimeout: 255,
    async fetch(request) {
      const { pathname, search } = new URL(request.url)
      const headers = new Headers(request.headers)
      for (const name of HOP) headers.delete(name)
      const body = request.body ? await request.bytes() : null
      for (let tries = 0; tries < nodes; tries++) {
        const node = turn++ % nodes
        const address = addressOf(node)
        if (!address) continue
        try {
          const { method } = request
          const to = `${address}${pathname}${search}`
          const answer = await fetch(to, { method, headers, body, redirect: 'manual', decompress: false })
          passed.push({ node, method, path: pathname })
          return answer
        } catch (error) {
          if ((error as { code?: string }).code !== 'ConnectionRefused') break
        }
      }
      return new Response(null, { status: 502 })
    },
  })
  return {
    address: server.url.origin,
    /** All requests that were answered, with the number of their server. */
    passed,
    stop: () => server.stop(true),
  }
}
