import { version } from '../version'
import type { Command } from './command'

export const versionCommand: Command = {
  usage: '',
  about: 'Prints the version and the commit that it was built from.',
  takes: [0, 0],
  run: ({ answer }) => answer(`pinhole ${version}`, { version }),
}
