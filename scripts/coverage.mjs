import { install, run } from './setup.mjs'

const wanted = process.argv.slice(2)
process.exitCode = await run(await install(), ['test', '--coverage', '--timeout=60000', '--only-failures', ...wanted])
