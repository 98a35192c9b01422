import { install, run } from './setup.mjs'

const bun = await install()
process.exitCode =
  (await run(bun, ['scripts/build.ts'])) || (await run(bun, ['bench/run.ts', ...process.argv.slice(2)]))
