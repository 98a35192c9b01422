import { parseArgs } from 'node:util'
import { buying } from './buying'
import { calm } from './calm'
import { delivery } from './delivery'
import { events } from './events'
import { fanout } from './fanout'
import { formatResult, isMet, type Result } from './result'

/** `npm run bench -- [NAME …] [--json]` */
const benches: Record<string, () => Promise<Result[]>> = { delivery, buying, fanout, calm, events }

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true })
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There is: ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}
const results: Result[] = []
for (const name of positionals.length ? positionals : Object.keys(benches)) {
  for (const result of await benches[name]!()) {
    results.push(result)
    if (!values.json) console.log(formatResult(result))
  }
}
if (values.json) console.log(JSON.stringify({ results }))
process.exit(results.every(isMet) ? 0 : 1)
