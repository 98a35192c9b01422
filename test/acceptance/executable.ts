import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { COMPILERS, placeExecutable } from '../built'

export type Place = Awaited<ReturnType<typeof emptyFolder>>

type Server = { data?: string; port?: string; env?: Record<string, string> }
type Options = { env?: Record<string, string>; stdin?: string }

/**
 * The built executable alone in an empty folder with an empty environment, so that nothing on this machine can help it.
 */
export async function emptyFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'pinhole-acceptance-'))
  const program = placeExecutable(folder)
  const running = new Set<Bun.Subprocess>()

  const start = (args: string[], { env = {}, stdin = '' }: Options = {}) => {
    const child = Bun.spawn([program, ...args], {
      cwd: folder,
      env: { ...COMPILERS, ...env },
      stdin: new Blob([stdin]),
      stdout: 'pipe',
      stderr: 'pipe',
    })
    running.add(child)
    void child.exited.then(() => running.delete(child))
    return child
  }

  return {
    folder,
    async run(args: string[], options?: Options): Promise<{ status: number; out: string; err: string }> {
      const child = start(args, options)
      const [status, out, err] = await Promise.all([
        child.exited,
        new Response(child.stdout).text(),
        new Response(child.stderr).text(),
      ])
      return { status, out, err }
    },
    /** Starts a server, on any free port unless one is given. `data` is the name of its data folder. */
    async serve({ data = 'data', port = '0', env = {} }: Server = {}) {
      const child = start(['serve', port, '--host', '127.0.0.1', '--data', data, '--json'], { env })
      const errors = new Response(child.stderr).text()
      const { value } = await child.stdout.getReader().read()
      if (!value) throw new Error(`The server did not start: ${await errors}`)
      const said = JSON.parse(Buffer.from(value).toString()) as {
        address: string
        setupUrl: string | null
        pid: number
      }
      return {
        ...said,
        async stop(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL' = 'SIGTERM'): Promise<{ status: number; err: string }> {
          child.kill(signal)
          await child.exited
          return { status: child.exitCode ?? -1, err: await errors }
        },
      }
    },
    async [Symbol.asyncDispose]() {
      for (const child of running) child.kill('SIGKILL')
      await Promise.all([...running].map(({ exited }) => exited))
      await rm(folder, { recursive: true })
    },
  }
}
