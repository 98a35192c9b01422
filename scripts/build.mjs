import { install, run } from './setup.mjs'

process.exitCode = await run(await install(), ['scripts/build.ts', ...process.argv.slice(2)])
