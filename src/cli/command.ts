import { parseArgs } from 'node:util'
import type { Locale } from '../../shapes/locales'
import type { Config } from '../config'
import type { ServerState } from './control'
import type { Say } from './words'

export type Option = {
  /** The placeholder of the value in the help; an option without it is a switch. */
  value?: string
  about: string
}

export type Call = {
  args: readonly string[]
  /** Returns the value of an option, or `'yes'` when a switch is set. */
  flag(name: string): string | undefined
  /**
   * The settings, read at first use, since some commands need none: those of the running server if there is one,
   * otherwise flags and environment. Throws when the command needs a community and the folder has none.
   */
  config(): Promise<Config>
  /** Whether a server serves the folder, as the settings were read. */
  server(): Promise<ServerState>
  /** The settings of this process for commands that ask it later. Only servers need them. */
  environment(): Promise<Record<string, string>>
  /** The socket at which the service manager that started this process wants to hear of it (`NOTIFY_SOCKET`). */
  managerSocket: string | undefined
  /** Prints the result on stdout: `text`, or `value` with `--json`. */
  answer(text: string, value: unknown): Promise<void>
  /** The language of the terminal. */
  locale: Locale
  /** Translates a text into the language of the terminal. */
  say: Say
  /** Prints a message on stderr. */
  tell(text: string): void
  /** Sets exit status 1 for a command that completed but found faults. */
  fail(): void
}

export type Command = {
  /** The arguments after the name of the command, like `HANDLE --password-stdin`. */
  usage: string
  /** The description in `--help`. */
  about: string
  options?: Record<string, Option>
  /** The minimum and maximum number of arguments. */
  takes: readonly [least: number, most: number]
  /** Set for commands that also work where there is no community yet. */
  anywhere?: true
  run(call: Call): Promise<void>
}

/** An invalid command line: exit status 2 and the usage on stderr. */
export class WrongUsage extends Error {}

const COMMON: Record<string, Option> = {
  data: { value: 'DIR', about: 'the data folder (./data)' },
  json: { about: 'print JSON' },
  help: { about: 'print this help' },
}

/** The options of a command, with those that every command has. */
export const optionsOf = (command: Command): Record<string, Option> => ({ ...command.options, ...COMMON })

export type Parsed = { args: string[]; flags: Record<string, string | undefined> }

/** Reads the arguments behind the name of a command. Throws `WrongUsage`, which says what is wrong with them. */
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
  if (!flags.help && positionals.length < least) throw new WrongUsage('An argument is missing.')
  if (positionals.length > most) throw new WrongUsage(`"${positionals[most]}" is one argument too many.`)
  return { args: positionals, flags }
}

function readArgs(args: string[], options: Record<string, { type: 'string' | 'boolean' }>) {
  try {
    return parseArgs({ args, options: { ...options, help: { type: 'boolean', short: 'h' } }, allowPositionals: true })
  } catch (error) {
    throw new WrongUsage((error as Error).message.replace(/\. To specify a positional.*/s, '.'))
  }
}

/** Parses an argument that has to be a whole number. */
export function wholeNumber(text: string, what: string, least: number, most: number): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new WrongUsage(`${what} must be a whole number from ${least} to ${most}, not "${text}".`)
}
