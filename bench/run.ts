import { parseArgs } from 'node:util'
import { bucket } from './bucket'
import { buying } from './buying'
import { calm } from './calm'
import { delivery } from './delivery'
import { events } from './events'
import { fanout } from './fanout'
import { footprint } from './footprint'
import { grow } from './grow'
import { large, medium } from './grown'
import { pages } from './pages'
import { phone } from './phone'
import { photos } from './photos'
import { isMet, type Result, runBenches } from './result'
import { search } from './search'
import { signIns } from './sign-ins'
import { turns } from './turns'
import { videos } from './videos'

/** `npm run bench -- [NAME …] [--json]` */
const benches: Record<string, () => Promise<Result[]>> = {
  delivery,
  bucket,
  buying,
  fanout,
  footprint,
  grow,
  calm,
  events,
  pages,
  phone,
  photos,
  medium,
  search,
  'sign-ins': signIns,
  turns,
  videos,
  large,
}

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true })
const unknown = positionals.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length) {
  console.error(`Unknown benchmark: ${unknown.join(', ')}. Choose from: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
/** These take many minutes, and run only when they are named. */
const LONG = ['large', 'search']
const chosen = positionals.length ? positionals : Object.keys(benches).filter((name) => !LONG.includes(name))
const results = await runBenches(
  chosen.map((name) => benches[name]!),
  { json: values.json, out: console.log, err: console.error },
)
process.exit(results.every(isMet) ? 0 : 1)
