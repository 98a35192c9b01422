/** A push service in its own thread that accepts every push and stores nothing. */
export async function startPushService(): Promise<{ origin: string; stop(): void }> {
  const source = `
    const fetch = async (request) => (await request.arrayBuffer(), new Response(null, { status: 201 }))
    const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch })
    postMessage(server.port)`
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'application/javascript' })))
  const port = await new Promise<number>((resolve) => worker.addEventListener('message', ({ data }) => resolve(data)))
  return { origin: `http://127.0.0.1:${port}`, stop: () => worker.terminate() }
}
