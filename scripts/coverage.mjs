import { install, must, run } from './setup.mjs'

const bun = await install()
const wanted = process.argv.slice(2)
if (!wanted.length) await must(bun, ['scripts/build.ts']) // all tests: some of them try the executable
process.exitCode = await run(bun, ['test', '--coverage', '--timeout=240000', '--only-failures', ...wanted])
