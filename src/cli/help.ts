import { inColumns } from './columns'
import { type Command, type Option, optionsOf } from './command'
import { commands } from './commands'
import type { Say } from './words'

/** The line that says how a command is written. */
export const usage = (say: Say, name: string, { usage }: Command) =>
  say('Usage: {command}', { command: `pinhole ${name}${usage && ` ${usage}`}` })

/** The help of one command, as `pinhole COMMAND --help` prints it. */
export const helpOf = (say: Say, name: string, command: Command) =>
  [
    usage(say, name, command),
    '',
    say(command.about),
    '',
    say('Options:'),
    columns(Object.entries(optionsOf(command)).map(([name, option]) => describe(say, name, option))),
  ].join('\n')

/** The help of the program, which names all commands that are not hidden. */
export const overview = (say: Say) =>
  [
    say('Pinhole: a photo sharing network that a small community runs itself.'),
    '',
    say('Usage: {command}', { command: 'pinhole [PORT]' }),
    say('Usage: {command}', { command: 'pinhole COMMAND …' }),
    '',
    columns(
      Object.entries(commands)
        .filter(([, { hidden }]) => !hidden)
        .map(([name, { about }]) => [name, say(about)]),
    ),
    '',
    say('Without a command, Pinhole runs the server and prints its address and, at first, a set-up link.'),
    say('Every command accepts --data DIR, --json and --help. Exit status: 0 success, 1 failure, 2 wrong usage.'),
  ].join('\n')

const describe = (say: Say, name: string, { value, about }: Option): [string, string] => [
  `--${name}${value ? ` ${value}` : ''}`,
  say(about),
]

const columns = (rows: [string, string][]): string =>
  inColumns(rows)
    .map((line) => `  ${line}`)
    .join('\n')
