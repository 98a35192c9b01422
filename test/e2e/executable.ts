import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { COMPILERS, placeExecutable } from '../built'

export type Pinhole = Awaited<ReturnType<typeof startPinhole>>

/** Starts the built executable in a temporary folder, without any other files of ours and with an empty PATH. */
export async function startPinhole(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'pinhole-e2e-'))
  const program = placeExecutable(folder)
  await mkdir(join(folder, 'empty'))
  const child = Bun.spawn([program, 'serve', '0', '--host', '127.0.0.1'], {
    cwd: folder,
    env: { ...COMPILERS, PATH: join(folder, 'empty'), ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const leave = () => child.kill('SIGKILL')
  process.on('exit', leave)
  const errors = new Response(child.stderr).text()
  const printed = await readUntil(child.stdout, /setup\?token=\S+/, errors)
  return {
    /** The text that the terminal shows. */
    printed,
    address: found(printed, /http:\/\/127\.0\.0\.1:\d+/),
    setupUrl: found(printed, /http:\S+\/setup\?token=\S+/),
    folder,
    async stop() {
      child.kill('SIGTERM')
      const status = await child.exited
      process.off('exit', leave)
      await rm(folder, { recursive: true })
      return {
        status,
        faults: (await errors).split('\n').filter((line) => line && !/ info | Sign-in refused /.test(line)),
      }
    },
  }
}

async function readUntil(stream: ReadableStream<Uint8Array>, wanted: RegExp, errors: Promise<string>) {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true })
    if (wanted.test(text)) return text
  }
  throw new Error(`The program ended before it printed ${wanted}: ${text}\n${await errors}`)
}

function found(text: string, pattern: RegExp) {
  const [match] = pattern.exec(text) ?? []
  if (!match) throw new Error(`The output does not contain ${pattern}: ${text}`)
  return match
}
