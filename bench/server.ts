/** A server in a process of its own. `await using` ends it. */
export type Server = AsyncDisposable & { origin: string; pid: number }

/** Starts a program and waits for its first line, which is its address or JSON with the `address`. */
export async function start(command: string[], env: Record<string, string>): Promise<Server> {
  const child = Bun.spawn(command, { env: { ...env, PATH: process.env.PATH ?? '' }, stdout: 'pipe', stderr: 'inherit' })
  const { value = '' } = await child.stdout.pipeThrough(new TextDecoderStream()).getReader().read()
  const line = value.split('\n')[0]!
  return {
    origin: line.startsWith('{') ? (JSON.parse(line) as { address: string }).address : line,
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      child.kill()
      await child.exited
    },
  }
}

/** Starts the built executable on a data folder. Only the rate limits are off. */
export const startPinhole = (dataDir: string, env: Record<string, string> = {}): Promise<Server> =>
  start(['dist/pinhole', 'serve', '0', '--host', '127.0.0.1', '--json'], {
    PINHOLE_DATA: dataDir,
    PINHOLE_RATE_LIMITS: 'off',
    ...env,
  })
