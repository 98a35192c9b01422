import { install, run } from './setup.mjs'

try {
  process.exitCode = await run(await install(), ['scripts/test.ts', ...process.argv.slice(2)])
} catch (error) {
  console.error(error.message)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
