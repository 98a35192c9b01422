import { install, run } from './setup.mjs'

process.exitCode = await run(await install(), ['scripts/release.ts', ...process.argv.slice(2)])
