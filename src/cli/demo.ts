import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { LOCALES, type Locale } from '../../shapes/locales'
import type { Config } from '../config'
import { people } from '../demo/people'
import { ownFolder } from '../owner'
import { compileSoon, programCommand } from '../program'
import { type Call, type Command, WrongUsage } from './command'
import { type Greeting, serveFolder } from './serve'

/** The demo is made in this folder inside the data folder, and moved up when it is complete. */
const MAKING = 'making-demo'
/** Files that a server holds the folder by, and the folder of a demo that was interrupted. */
const NOTHING = [MAKING, 'lock', 'owner', 'native']

export const demo: Command = {
  usage: '[PORT] [--lang en|ko] [--only-fill] [--host ADDRESS]',
  about: `Fills an empty data folder with a community that looks alive, and serves it: invented people, pictures that this
program paints, comments, likes, and coins. Nothing is downloaded. It takes a minute or two, and prints how to sign in.
It refuses a folder that contains anything. Start it again later with: pinhole --data DIR`,
  options: {
    lang: { value: 'LANG', about: 'the language of the people: en or ko (that of the terminal)' },
    'only-fill': { about: 'end when the community is made, instead of serving it' },
    host: { value: 'ADDRESS', about: 'listen on this address only (0.0.0.0 means all)' },
    port: { value: 'PORT', about: 'the same as PORT' },
  },
  takes: [0, 1],
  anywhere: true,
  async run(call) {
    const locale = (call.flag('lang') ?? call.locale) as Locale
    if (!LOCALES.includes(locale)) throw new WrongUsage(`--lang must be one of ${LOCALES.join(', ')}, not "${locale}".`)
    const config = await call.config()
    if (config.databaseUrl || config.s3)
      throw new Error('A demo is made in a data folder only. Unset PINHOLE_DATABASE_URL and PINHOLE_S3_URL for it.')
    refuseUnlessEmpty(config.dataDir)
    await serveFolder(call, (config) => fill(call, config, locale))
  },
}

function refuseUnlessEmpty(dataDir: string) {
  const found = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => !NOTHING.includes(name)) : []
  if (!found.length) return
  const what = found.includes('pinhole.sqlite') ? 'There is a community' : `There is something (${found[0]})`
  throw new Error(`${what} in ${dataDir} already. Choose an empty folder with --data for the demo.`)
}

async function fill({ tell, say }: Call, config: Config, locale: Locale): Promise<Greeting> {
  compileSoon()
  const { openApp } = await import('../open-app')
  const { demoClock, makeDemo, picturesOfDemo } = await import('../demo/make')
  const dir = join(config.dataDir, MAKING)
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(join(dir, 'pictures'), { recursive: true })
  const names = [...new Set(picturesOfDemo())]
  const progress = (done: number) =>
    tell(say('Painting pictures: {done} of {all}', { done: String(done), all: String(names.length) }))
  const painters = startPainters({
    dir: join(dir, 'pictures'),
    native: ownFolder(join(config.dataDir, 'native')),
    names,
    progress,
  })
  const breakOff = () => {
    painters.stop()
    rmSync(dir, { recursive: true, force: true })
    process.exit(1)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, breakOff)
  const password = newPassword()
  const clock = demoClock(50)
  try {
    const app = await openApp({ ...config, dataDir: dir }, clock.now)
    try {
      await makeDemo(app, { clock, locale, password, painted: painters.painted })
    } finally {
      await app.mediaWorker.stop()
      app.close()
    }
    rmSync(join(dir, 'pictures'), { recursive: true })
    rmSync(join(dir, 'native'), { recursive: true, force: true })
    for (const name of readdirSync(dir)) renameSync(join(dir, name), join(config.dataDir, name))
  } finally {
    painters.stop()
    rmSync(dir, { recursive: true, force: true })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, breakOff)
  }
  return greeting(say, password)
}

function greeting(say: Call['say'], password: string): Greeting {
  const administrator = people.find(({ role }) => role === 'admin')!.handle
  const member = people.find(({ role }) => !role)!.handle
  const signIns = people.map(({ handle, role = 'member' }) => ({ handle, role, password }))
  const lines = [
    say('This is a demo: its people do not exist, and this program painted their pictures.'),
    say('Sign in as a member: {handle}', { handle: member }),
    say('Sign in as the administrator: {handle}', { handle: administrator }),
    say('The password of everybody: {password}', { password }),
  ]
  return { lines, value: { signIns } }
}

/** A password that nobody can guess, since the demo may be reachable by others. It has no letters that look alike. */
function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const some = [...crypto.getRandomValues(new Uint8Array(12))].map((value) => letters[value % letters.length])
  return [some.slice(0, 4), some.slice(4, 8), some.slice(8)].map((part) => part.join('')).join('-')
}

type Painting = { dir: string; native: string; names: string[]; progress: (done: number) => void }

/** Lets several processes paint, each of them every so-manieth picture, so that the first ones are there first. */
function startPainters({ dir, native, names, progress }: Painting) {
  const paths = new Map(names.map((name) => [name, Promise.withResolvers<string>()]))
  for (const { promise } of paths.values()) promise.catch(() => {}) // whoever waits for it hears of it
  let done = 0
  const finished = (path: string) => {
    paths.get(basename(path).replace(/\.\w+$/, ''))?.resolve(path)
    done++
    if (done % 10 === 0 || done === names.length) progress(done)
  }
  const fail = (reason: string) => {
    for (const { reject } of paths.values()) reject(new Error(`The pictures could not be painted. ${reason}`))
  }
  const many = Math.min(4, availableParallelism())
  const painters = Array.from({ length: many }, (_, i) => {
    const share = names.filter((_, place) => place % many === i)
    const child = Bun.spawn(programCommand('demo-painter', dir, native, ...share), {
      stdout: 'pipe',
      stderr: 'pipe',
      stdin: 'ignore',
    })
    void follow(child, finished).catch((error) => fail(String(error)))
    return child
  })
  return {
    painted: (name: string) => paths.get(name)!.promise,
    stop: () => {
      for (const painter of painters) painter.kill()
    },
  }
}

type Painter = { stdout: ReadableStream<Uint8Array>; stderr: ReadableStream<Uint8Array>; exited: Promise<number> }

async function follow({ stdout, stderr, exited }: Painter, finished: (path: string) => void) {
  let rest = ''
  for await (const text of stdout.pipeThrough(new TextDecoderStream() as never) as ReadableStream<string>) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) finished(line)
  }
  if (await exited) throw new Error((await new Response(stderr).text()).trim().slice(-500))
}
