import notices from '../../dist/THIRD_PARTY_NOTICES.txt' with { type: 'text' }
import type { Command } from './command'

export const licenses: Command = {
  usage: '',
  about: 'Prints the licence of Pinhole and the licences of all third-party software in it.',
  takes: [0, 0],
  run: ({ answer }) => answer(notices, { license: 'AGPL-3.0-or-later', notices }),
}
