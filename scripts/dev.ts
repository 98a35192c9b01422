import { watch } from 'node:fs'
import { buildAssets } from './assets'
import { generate } from './build'

// Restarts the server when its files change, and rebuilds the browser's files when theirs change, which also restarts
// the server.
await generate()
const server = Bun.spawn([process.execPath, '--watch', '--no-clear-screen', 'src/main.ts', ...process.argv.slice(2)], {
  stdio: ['inherit', 'inherit', 'inherit'],
})

let waiting: Timer | undefined
watch('views/assets', { recursive: true }, () => {
  clearTimeout(waiting) // editors save in several steps
  waiting = setTimeout(() => buildAssets().catch((error) => console.error(error)), 50)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.killed || server.kill(signal))
process.exit(await server.exited)
