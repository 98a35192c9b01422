import { run } from './cli/run'

process.umask(0o077) // other users of this machine must not read the files that Pinhole creates
process.exit(await run(Bun.argv.slice(2), process.env))
