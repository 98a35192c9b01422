import type { Command } from './command'

export const mediaWorker: Command = {
  usage: '',
  about: 'The server starts this command. It reads requests from stdin and exits when stdin closes.',
  takes: [0, 2],
  async run({ args }) {
    const { runMediaWorker } = await import('../media/worker')
    await runMediaWorker(args) // the worker ends the process itself
  },
}
