import { run } from './cli/run'

process.umask(0o077) // what this makes is nobody else's to read
process.exit(await run(Bun.argv.slice(2), process.env))
