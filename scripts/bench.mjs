import { install, run, STDERR } from './setup.mjs'

// Standard output is left to the results, since `--json` prints nothing else there.
const bun = await install()
process.exitCode =
  (await run(bun, ['scripts/build.ts'], { stdout: STDERR })) ||
  (await run(bun, ['bench/run.ts', ...process.argv.slice(2)]))
