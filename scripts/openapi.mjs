import { install, run } from './setup.mjs'

process.exitCode = await run(await install(), ['scripts/openapi.ts'])
