import { type Command, type Option, optionsOf } from './command'
import { commands } from './commands'

export const usage = (name: string, { usage }: Command) => `Usage: pinhole ${name}${usage && ` ${usage}`}`

export const helpOf = (name: string, command: Command) =>
  [
    usage(name, command),
    '',
    command.about,
    '',
    'Options:',
    columns(Object.entries(optionsOf(command)).map(describe)),
  ].join('\n')

export const overview = () =>
  [
    'Pinhole: a photo sharing network that a small community runs itself.',
    '',
    'Usage: pinhole [PORT]',
    '       pinhole COMMAND …',
    '',
    columns(
      Object.entries(commands)
        .filter(([, { hidden }]) => !hidden)
        .map(([name, { about }]) => [name, about]),
    ),
    '',
    'Without a command, Pinhole runs the server and prints its address and, at first, a set-up link.',
    'Every command accepts --data DIR, --json and --help. Exit status: 0 success, 1 failure, 2 wrong usage.',
  ].join('\n')

const describe = ([name, { value, about }]: [string, Option]): [string, string] => [
  `--${name}${value ? ` ${value}` : ''}`,
  about,
]

function columns(rows: [string, string][]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n')
}
