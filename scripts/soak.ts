import { resolve } from 'node:path'
import { build, generate } from './build'

/**
 * Soak tests, which run as many rounds as asked for: `npm run soak -- NAME [TIMES]`. Those of photos and videos also run
 * for a number of minutes, such as `40m`.
 */
const soaks: Record<string, (times: number, until?: number) => Promise<object>> = {
  fuzz: async (files, until) => (await import('../test/soak/fuzz')).soakFuzz({ files, until, tell: console.log }),
  videos: async (files, until) =>
    (await import('../test/soak/fuzz-videos')).soakVideos({ files, until, tell: console.log }),
  /** `TIMES` are minutes. */
  hour: async (times) => (await import('../test/soak/hour')).soakHour({ minutes: times, tell: console.log }),
  database: async (times) => (await import('../test/postgres/killed')).soakPostgres({ kills: times }),
  money: async (times) => (await import('../test/soak/money')).soakMoney({ kills: times, tell: console.log }),
}

/** Puts a folder of any files through: `npm run soak -- corpus DIR`. */
if (process.argv[2] === 'corpus' && process.argv[3]) {
  await generate()
  const { soakCorpus } = await import('../test/soak/corpus')
  console.log(JSON.stringify(await soakCorpus({ folder: resolve(process.argv[3]), tell: console.log })))
  process.exit(0)
}

const [name = '', times = name === 'hour' ? '60' : '50'] = process.argv.slice(2)
const soak = Object.hasOwn(soaks, name) ? soaks[name] : undefined
const isTimed = times.endsWith('m') && ['fuzz', 'videos'].includes(name)
const number = Number(isTimed ? times.slice(0, -1) : times)
if (!soak || !/^[1-9]\d{0,5}$/.test(String(number))) {
  console.error(`Usage: npm run soak -- ${Object.keys(soaks).join('|')} [TIMES], or: npm run soak -- corpus DIR`)
  process.exit(2)
}
await (name === 'hour' ? build() : generate())
const until = performance.now() + number * 60_000
console.log(JSON.stringify(await (isTimed ? soak(Number.POSITIVE_INFINITY, until) : soak(number))))
