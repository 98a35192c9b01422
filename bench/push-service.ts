/** A push service that takes everything and keeps nothing, in a thread of its own. */
export async function startPushService(): Promise<{ origin: string; stop(): void }> {
  const source = `
    const server = Bun.serve({ port: 0, hostname: '127.0.0.1', async fetch(request) { await request.arrayBuffer(); return new Response(null, { status: 201 }) } })
    postMessage(server.port)`
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'application/javascript' })))
  const port = await new Promise<number>((resolve) => worker.addEventListener('message', ({ data }) => resolve(data)))
  return { origin: `http://127.0.0.1:${port}`, stop: () => worker.terminate() }
}
