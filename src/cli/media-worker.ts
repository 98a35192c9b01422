import type { Command } from './command'

export const mediaWorker: Command = {
  usage: '',
  about: 'The server starts this command. It reads requests from stdin and exits when stdin closes.',
  takes: [0, 0],
  async run() {
    const { runMediaWorker } = await import('../media/worker')
    runMediaWorker()
    await new Promise(() => {}) // the worker ends the process itself
  },
}
