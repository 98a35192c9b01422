import { parseArgs } from 'node:util'
import { createApp } from './app'
import { readConfig } from './config'
import { openApp } from './context'
import { lockFolder } from './db/lock'
import { handlers } from './jobs/handlers'
import { startJobs } from './jobs/loop'

const USAGE = 'usage: pinhole [serve] [PORT] [--host ADDRESS] [--data DIR]'

function readCommand(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { host: { type: 'string' }, data: { type: 'string' } },
  })
  const [port, ...rest] = positionals[0] === 'serve' ? positionals.slice(1) : positionals
  if (rest.length || (port && !/^\d+$/.test(port))) throw new Error(`No such command: ${positionals.join(' ')}`)
  return { ...values, port }
}

async function serve(flags: ReturnType<typeof readCommand>) {
  const config = readConfig(flags, process.env)
  const lock = lockFolder(config.dataDir, `process ${process.pid}`)
  const app = await openApp(config)
  const stopJobs = startJobs(app, handlers)
  const limits = { idleTimeout: 255, maxRequestBodySize: config.maxUploadBytes + 1024 ** 2 } // Bun's own would cut slow uploads
  const server = Bun.serve({ port: config.port, hostname: config.host, fetch: createApp(app).fetch, ...limits })
  console.log(`Pinhole is at ${config.url ?? `http://localhost:${server.port}`}`)
  process.once('SIGTERM', async () => {
    await Promise.race([Promise.all([server.stop(), stopJobs()]), Bun.sleep(8000)])
    app.close()
    lock.close()
    process.exit(0)
  })
}

function fail(error: unknown, status: number): never {
  console.error(error instanceof Error ? error.message : error)
  process.exit(status)
}

let flags
try {
  flags = readCommand(Bun.argv.slice(2))
} catch (error) {
  console.error(USAGE)
  fail(error, 2)
}
await serve(flags).catch((error) => fail(error, 1))
