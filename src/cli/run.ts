import { errorCode } from '../error-code'
import { nearest } from '../nearest'
import { compileSoon } from '../program'
import { type Command, type Parsed, parse, WrongUsage } from './command'
import { commands } from './commands'
import { restartThrifty } from './engine'
import { helpOf, overview, usage } from './help'
import type { Scene } from './settings'
import { localeOf, sayer } from './words'

type Env = Record<string, string | undefined>

/** Runs the command that `argv` names and returns the exit status. */
export async function run(argv: string[], env: Env): Promise<number> {
  const say = sayer(env)
  let hint = say('Try: {command}', { command: 'pinhole --help' })
  try {
    const { name, rest } = pick(argv[0] === '--version' ? ['version', ...argv.slice(1)] : argv)
    if (name === 'help') return await print(overview(say))
    const { load, serves } = commands[name]!
    if (serves) restartThrifty(argv, env)
    const command = await load()
    hint = `${usage(say, name, command)}\n${say('More: {command}', { command: `pinhole ${name} --help` })}`
    const { args, flags } = parse(command, rest)
    return await (flags.help ? print(helpOf(say, name, command)) : call({ command, serves, args, flags }, env))
  } catch (error) {
    const wrongUsage = error instanceof WrongUsage
    const text = `pinhole: ${messageOf(error)}${wrongUsage ? `\n${hint}` : ''}`
    process.stderr.write(`${argv.includes('--json') ? JSON.stringify({ error: messageOf(error) }) : text}\n`)
    return wrongUsage ? 2 : 1
  }
}

type Called = Parsed & { command: Command; serves: true | undefined }

async function call({ command, serves, args, flags }: Called, env: Env): Promise<number> {
  if (!serves) compileSoon() // a server does it once it answers
  let status = 0
  // Options are settings only for servers, like their argument. In other commands, `--coins` may mean something else.
  const settings = serves ? { ...flags, port: flags.port ?? args[0] } : { data: flags.data }
  let scene: Promise<Scene> | undefined
  const look = () => (scene ??= lookAround(command, settings, env))
  await command.run({
    args,
    flag: (name) => flags[name],
    config: async () => (serves ? (await import('../config')).readConfig(settings, env) : (await look()).config),
    server: async () => (await look()).server,
    environment: async () => (await import('./settings')).environmentOf(settings, env),
    managerSocket: env.NOTIFY_SOCKET,
    answer: async (text, value) => void (await print(flags.json ? JSON.stringify(value) : text)),
    locale: localeOf(env),
    say: sayer(env),
    tell: (text) => void process.stderr.write(`${text}\n`),
    fail: () => {
      status = 1
    },
  })
  return status
}

async function lookAround(command: Command, flags: Env, env: Env): Promise<Scene> {
  const { settingsOfServer, refuseEmpty } = await import('./settings')
  const scene = await settingsOfServer(flags, env)
  if (!command.anywhere) await refuseEmpty(scene.config)
  return scene
}

/** Finds the longest command name that the command line begins with. No name means `serve`. */
function pick(argv: string[]): { name: string; rest: string[] } {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(' ')
    if (argv.length >= words && Object.hasOwn(commands, name)) return { name, rest: argv.slice(words) }
  }
  const [first] = argv
  if (argv.length === 1 && ['help', '--help', '-h'].includes(first!)) return { name: 'help', rest: [] }
  if (first === 'help') return pick([...argv.slice(1), '--help'])
  if (first === undefined || first.startsWith('-') || /^\d/.test(first)) return { name: 'serve', rest: argv }
  throw new WrongUsage(`There is no command "${first}".${suggestion(argv)}`)
}

function suggestion([first = '', second = '']: string[]): string {
  const ofGroup = Object.keys(commands).filter((name) => name.startsWith(`${first} `))
  if (ofGroup.length) return ` Available: ${ofGroup.map((name) => `pinhole ${name}`).join(', ')}.`
  const names = Object.keys(commands)
  const meant = nearest(`${first} ${second}`, names) ?? nearest(first, names)
  return meant ? ` Did you mean: pinhole ${meant}?` : ''
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Writes the whole text before the process ends. It is no failure when the reader closes the pipe (`| head`). */
async function print(text: string): Promise<0> {
  try {
    await Bun.write(Bun.stdout, text.endsWith('\n') ? text : `${text}\n`)
  } catch (error) {
    if (errorCode(error) !== 'EPIPE') throw error
  }
  return 0
}
