import { Database } from 'bun:sqlite'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { issue } from '../src/coins/model'
import { readConfig } from '../src/config'
import type { App } from '../src/context'
import { buy } from '../src/library/buy'
import { openApp } from '../src/open-app'
import type { Person } from '../src/ports/people'
import { startSession } from '../src/sessions/model'
import { createUser } from '../src/users/model'
import { writeSyncCounter } from '../test/soak/sync-counter'
import { need } from './load'
import type { Result } from './result'
import { compareRounds, inRounds } from './rounds'

const CALLERS = 64
/** Other load on the machine comes and goes, so both ways of buying take several short turns. */
const ROUNDS = 7
const SECONDS = 1
const HTTP_SECONDS = 3
const POSTS = 3000
const PRICE = 3

/** Purchases: 64 concurrent buyers against one buyer who commits each purchase separately, then the same over HTTP. */
export async function buying(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  try {
    mkdirSync(join(dir, 'media'))
    const app = await openApp(readConfig({ data: dir }, {}))
    const buyers = await openShop(app)
    const perSecondOf = (callers: Person[]) => () => purchasesPerSecond(app, callers, stock(dir))
    const [single, together] = (await inRounds(ROUNDS, perSecondOf(buyers.slice(0, 1)), perSecondOf(buyers))) as [
      number[],
      number[],
    ]
    const { ratio, ours: model, bound } = compareRounds(together, single)
    const tokens = await Promise.all(buyers.map((buyer) => tokenOf(app, buyer)))
    app.close()
    const { perSecond, perCommit } = await overHttp(dir, tokens, stock(dir))
    return [
      {
        name: 'purchases, 64 callers',
        ratio,
        floor: 4,
        aim: 6,
        bound: `one buyer with a commit per purchase, ${bound}/s: ${model}/s`,
      },
      {
        name: 'purchases over HTTP',
        ratio: perSecond / model,
        floor: 0.25,
        aim: 0.6,
        bound: `the model without HTTP, ${model}/s: ${Math.round(perSecond)}/s`,
      },
      { name: 'purchases per commit over HTTP', ratio: perCommit, floor: 8, bound: 'one purchase per commit' },
    ]
  } finally {
    rmSync(dir, { recursive: true })
  }
}

async function openShop({ write, now }: App): Promise<Person[]> {
  const make = (handle: string) => write((tx) => createUser(tx, { handle, passwordHash: '' }, now()))
  await make('seller')
  const buyers = await Promise.all(Array.from({ length: CALLERS }, (_, i) => make(`buyer_${i}`)))
  for (const buyer of buyers)
    await write((tx) => issue(tx, buyer, { coins: 1_000_000, note: undefined, cause: `bench:${buyer.id}` }, now()))
  return buyers
}

/** Adds posts to buy. They have no photos, because purchases do not need any. */
function stock(dir: string): number[] {
  using books = new Database(join(dir, 'pinhole.sqlite'))
  const posts = books.query<{ id: number }, [number, number]>(
    `with recursive n (i) as (select 1 union all select i + 1 from n where i < ?)
    insert into posts (author_id, caption, price, visibility, created_at, published_at)
     select 1, '', ?, 'everyone', 1, 1 from n returning id`,
  )
  return posts.all(POSTS, PRICE).map(({ id }) => id)
}

async function purchasesPerSecond({ write, now }: App, buyers: Person[], posts: number[]): Promise<number> {
  const [start, end] = [performance.now(), performance.now() + SECONDS * 1000]
  let bought = 0
  const shop = async (buyer: Person) => {
    for (const post of posts) {
      if (performance.now() > end) return
      await write((tx) => buy(tx, buyer, post, { price: PRICE }, now()))
      bought++
    }
  }
  await Promise.all(buyers.map(shop))
  return (bought / (performance.now() - start)) * 1000
}

const tokenOf = async ({ write, now, sessionTokens }: App, { id }: Person) =>
  sessionTokens.sign(await write((tx) => startSession(tx, id, 'bench', now())))

/** Buys over HTTP with `wrk`. A preloaded library counts the flushes to disk inside the server. */
async function overHttp(dir: string, tokens: string[], posts: number[]) {
  const [library, log, script] = [join(dir, 'syncs.so'), join(dir, 'syncs'), join(dir, 'buy.lua')]
  writeSyncCounter(library, log)
  writeFileSync(log, '')
  writeFileSync(script, requests(tokens, posts))
  const env = { PINHOLE_DATA: dir, PINHOLE_RATE_LIMITS: 'off', LD_PRELOAD: library }
  const server = Bun.spawn(['dist/pinhole', 'serve', '0', '--host', '127.0.0.1', '--json'], {
    env,
    stdout: 'pipe',
    stderr: 'inherit',
  })
  try {
    const { value } = await server.stdout.pipeThrough(new TextDecoderStream()).getReader().read()
    const { address } = JSON.parse(value!.split('\n')[0]!) as { address: string }
    const before = statSync(log).size
    const args = ['-t1', `-c${CALLERS}`, `-d${HTTP_SECONDS}s`, '-s', script, address]
    const said = await new Response(Bun.spawn([need('wrk'), ...args], { stdout: 'pipe' }).stdout).text()
    if (/Non-2xx|Socket errors/.test(said)) throw new Error(said)
    const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1])
    return { perSecond, perCommit: Number(/(\d+) requests in/.exec(said)?.[1]) / (statSync(log).size - before) }
  } finally {
    server.kill()
    await server.exited
  }
}

/** A script for `wrk` in which every request is a different purchase. */
const requests = (tokens: string[], posts: number[]) => `
local tokens = { ${tokens.map((token) => `"${token}"`).join(', ')} }
local i = -1
request = function()
  i = i + 1
  local headers = { ["Authorization"] = "Bearer " .. tokens[i % #tokens + 1], ["Content-Type"] = "application/json" }
  local post = ${posts[0]} + math.floor(i / #tokens)
  return wrk.format("PUT", "/api/library/" .. post, headers, '{"price":${PRICE}}')
end`
