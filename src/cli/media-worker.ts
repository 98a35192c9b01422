import type { Command } from './command'

export const mediaWorker: Command = {
  usage: '',
  about: 'Started by the server; it reads requests on stdin and ends when that closes.',
  takes: [0, 0],
  async run() {
    const { runMediaWorker } = await import('../media/worker')
    runMediaWorker()
    await new Promise(() => {}) // it ends the process itself
  },
}
