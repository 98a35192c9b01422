import { install, must, run } from './setup.mjs'

await must(await install(), ['scripts/build.ts'])
process.exitCode = await run('dist/pinhole', process.argv.slice(2))
