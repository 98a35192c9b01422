import { parseArgs } from 'node:util'
import type { Config } from '../config'

export type Option = {
  /** What stands for its value in the help; without it the option is a switch. */ value?: string
  about: string
}

export type Call = {
  args: readonly string[]
  /** The value of an option, `'yes'` of a switch. */
  flag(name: string): string | undefined
  /** Flags, then the environment; read at first use, since some commands need none. */
  config(): Promise<Config>
  /** The answer, on stdout: `text` for people, or `value` with `--json`. */
  answer(text: string, value: unknown): Promise<void>
  /** What happens meanwhile, on stderr. */
  tell(text: string): void
  /** The command did its work, and the news is bad: exit status 1. */
  fail(): void
}

export type Command = {
  /** What stands after the command's name: `HANDLE --password-stdin`. */
  usage: string
  /** Paragraphs for `--help`. */
  about: string
  options?: Record<string, Option>
  /** How many arguments it takes: from, to. */
  takes: readonly [least: number, most: number]
  run(call: Call): Promise<void>
}

/** The command line was not understood: exit status 2, with the usage. */
export class WrongUsage extends Error {}

const COMMON: Record<string, Option> = {
  data: { value: 'DIR', about: 'the data folder (./data)' },
  json: { about: 'print JSON' },
  help: { about: 'print this' },
}

export const optionsOf = (command: Command): Record<string, Option> => ({ ...command.options, ...COMMON })

export type Parsed = { args: string[]; flags: Record<string, string | undefined> }

export function parse(command: Command, rest: string[]): Parsed {
  const options = Object.fromEntries(
    Object.entries(optionsOf(command)).map(([name, { value }]) => [
      name,
      { type: value ? ('string' as const) : ('boolean' as const) },
    ]),
  )
  const { values, positionals } = readArgs(rest, options)
  const flags = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === true ? 'yes' : String(value)]),
  )
  const [least, most] = command.takes
  if (!flags.help && positionals.length < least) throw new WrongUsage('Something is missing.')
  if (positionals.length > most) throw new WrongUsage(`"${positionals[most]}" is too much.`)
  return { args: positionals, flags }
}

function readArgs(args: string[], options: Record<string, { type: 'string' | 'boolean' }>) {
  try {
    return parseArgs({ args, options: { ...options, help: { type: 'boolean', short: 'h' } }, allowPositionals: true })
  } catch (error) {
    throw new WrongUsage((error as Error).message.replace(/\. To specify a positional.*/s, '.'))
  }
}

/** A whole number among the arguments. */
export function wholeNumber(text: string, what: string, least: number, most: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new WrongUsage(`${what} is a whole number from ${least} to ${most}, not "${text}".`)
}
