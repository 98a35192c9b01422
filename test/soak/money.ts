import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinhole, servePinhole, spawnPinhole } from '../process'
import { fakeStripe } from '../stripe'
import { PACK } from '../till'
import { compare } from './money/books'
import { buy, give, redeem, tip, topUp } from './money/buyers'
import { ask, type Deed, type Line, lineTo, replay } from './money/deed'
import { below, draw, type Fair, one, type Person, PRICE, WORTH } from './money/fair'
import { changeFee, comeAndGo, grant } from './money/house'
import { beginPayment } from './money/payments'
import { payOut, refund } from './money/sellers'
import { ISSUED, newTally } from './money/tally'
import { addPeople, buyerAt, openShop, printVoucher, signIn, stock } from './shop'

/** The number of concurrent requests. */
const HANDS = 24
/** The longest time between the first response and the kill, in milliseconds. */
const LONGEST_LIFE = 800
/** The longest time before a kill during the start, in milliseconds. */
const LONGEST_START = 300
/** Every nth kill happens during the start. */
const KILL_AT_START = 5
/** The number of earlier requests that are repeated after each kill. */
const REPLAYS = 12

export type Soaked = Fair['told'] & { kills: number; transfers: number; left: number }
type Options = { kills: number; buyers?: number; posts?: number; tell?: (line: string) => void }

/**
 * Moves coins in every possible way as fast as possible and kills the server at random moments. After each kill the
 * audit must be clean, and the database must match the responses. Throws if it does not.
 */
export async function soakMoney({ kills, buyers = 4, posts = 100, tell = () => {} }: Options): Promise<Soaked> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-soak-'))
  await using stripe = fakeStripe()
  try {
    const fair = await openFair(dir, stripe, buyers)
    for (let kill = 1; kill <= kills; kill++) {
      restock(fair, kill, posts)
      const life =
        kill % KILL_AT_START
          ? await liveFor(fair, below(LONGEST_LIFE), kill)
          : await startFor(fair, below(LONGEST_START))
      const transfers = await audit(dir) // before a start has cleaned up after the kill
      compare(fair)
      const { done, again } = fair.told
      tell(
        `kill ${kill} ${life}: ${done} actions confirmed, ${fair.open.size} unconfirmed, ${again} confirmed later, ` +
          `${transfers} transfers, the audit is clean`,
      )
    }
    const transfers = await settle(fair)
    return { ...fair.told, kills, transfers, left: fair.gone.size }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

async function openFair(dir: string, stripe: Fair['stripe'], buyers: number): Promise<Fair> {
  const names = [...Array.from({ length: buyers }, (_, i) => `buyer${i}`), 'poor']
  await openShop(dir, names)
  const tally = newTally()
  await using server = await servePinhole(dir)
  const [boss, seller, ...all] = await Promise.all(
    ['boss', 'seller', ...names].map(
      async (handle): Promise<Person> => ({ handle, token: await signIn(server.address, handle) }),
    ),
  )
  const { send } = buyerAt(server.address, boss!.token)
  const rules = { packs: [PACK], payouts: 'on', payoutHoldDays: 0, payoutMinCoins: 1 }
  const made = [
    await send('PATCH', '/admin/settings', rules),
    ...(await Promise.all(
      all.slice(0, buyers).map(({ handle }) => send('POST', `/admin/users/${handle}/grants`, { coins: 1_000_000 })),
    )),
  ]
  if (made.some(({ status }) => status >= 400)) throw new Error(JSON.stringify(made))
  for (const { handle } of all.slice(0, buyers)) tally.add({ [handle]: 1_000_000, [ISSUED]: -1_000_000 })
  return {
    dir,
    port: await freePort(),
    boss: boss!,
    seller: seller!,
    buyers: all,
    gone: new Set(),
    stripe,
    tally,
    open: new Map(),
    heard: [],
    waiting: [],
    wishes: new Map(),
    offered: new Map(all.map((buyer) => [buyer, []])),
    codes: new Map(all.map((buyer) => [buyer, []])),
    told: { done: 0, refused: 0, again: 0, replayed: 0 },
  }
}

/** Adds new posts, a new voucher and a person who will leave. */
function restock(fair: Fair, kill: number, posts: number) {
  const ids = stock(fair.dir, posts, PRICE)
  const code = printVoucher(fair.dir, WORTH, fair.buyers.length)
  for (const buyer of fair.buyers) {
    fair.offered.get(buyer)!.push(...ids)
    fair.codes.get(buyer)!.push(code)
  }
  const leaver = { handle: `leaver${kill}`, token: '' }
  addPeople(fair.dir, [leaver.handle])
  fair.waiting.push(comeAndGo(fair, leaver))
}

/**
 * Uses a server until it is killed `life` milliseconds after its first response, while other processes read and write
 * the database.
 */
async function liveFor(fair: Fair, life: number, kill: number): Promise<string> {
  await using server = await reopen(fair)
  const first = Promise.withResolvers<void>()
  let isKilled = false
  const line = lineTo(server.address, { heard: first.resolve, isKilled: () => isKilled })
  const killed = first.promise
    .then(() => Bun.sleep(life))
    .then(() => {
      isKilled = true
      return server.stop('SIGKILL')
    })
  const beside = kill % 2 ? audit(fair.dir) : grantBeside(fair)
  await Promise.all([trade(fair, line, () => next(fair)), replay(fair, line, REPLAYS), beside, killed])
  return `after ${life} ms`
}

/** Kills the server during its start, while it cleans up after the previous kill. */
async function startFor({ dir }: Fair, life: number): Promise<string> {
  const child = spawnPinhole(['serve', '0', '--host', '127.0.0.1', '--data', dir])
  await Bun.sleep(life)
  child.kill('SIGKILL')
  await child.exited
  return `${life} ms into its start`
}

/** Starts the server at the same address as before, because the payment pages of Stripe lead back to it. */
const reopen = ({ dir, port, stripe }: Fair) =>
  servePinhole(dir, { port, env: { PINHOLE_RATE_LIMITS: 'off', ...stripe.env } })

async function freePort(): Promise<number> {
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  const { port } = server
  await server.stop(true)
  return port!
}

const ACTIONS = [buy, buy, buy, give, tip, redeem, topUp, beginPayment, refund, payOut, payOut, grant, changeFee]

/** The next action. In most cases this is a consequence of an earlier response, if there is one. */
const next = (fair: Fair): Deed | undefined =>
  (below(4) ? draw(fair.waiting) : undefined) ?? one(ACTIONS)(fair) ?? tip(fair)

/**
 * Performs actions until the server is gone or there is nothing left to do. Unconfirmed actions come first, as they may
 * be done already.
 */
async function trade(fair: Fair, line: Line, next: () => Deed | undefined) {
  const unheard = [...fair.open.keys()]
  const worker = async () => {
    for (let deed = unheard.pop() ?? next(); deed; deed = unheard.pop() ?? next())
      if (!(await ask(fair, line, deed))) return
  }
  await Promise.all(Array.from({ length: HANDS }, worker))
}

/**
 * Runs without a kill until everything is confirmed. Then every sum is known exactly, and libraries must show what was
 * paid for.
 */
async function settle(fair: Fair): Promise<number> {
  await using server = await reopen(fair)
  const line = lineTo(server.address, { heard: () => {}, isKilled: () => false })
  while (fair.open.size + fair.waiting.length) await trade(fair, line, () => draw(fair.waiting))
  await replay(fair, line, 10 * REPLAYS)
  if (fair.tally.unheard()) throw new Error(`${fair.tally.unheard()} actions were never confirmed.`)
  compare(fair)
  for (const { handle, token } of fair.buyers) {
    const held = [...fair.wishes.values()].filter(({ holder, state }) => holder.handle === handle && state === 'held')
    const [seen, due] = [
      (await buyerAt(server.address, token).library()).sort(),
      held.map(({ postId }) => postId).sort(),
    ]
    if (JSON.stringify(seen) !== JSON.stringify(due))
      throw new Error(`The library of ${handle} shows ${seen.length} of ${due.length} posts.`)
  }
  return audit(fair.dir)
}

async function grantBeside({ dir, buyers, tally }: Fair) {
  const { handle } = one(buyers)
  const { status, err } = await pinhole(['coins', 'grant', handle, '1', '--data', dir])
  if (status) throw new Error(`The grant to ${handle} failed: ${err}`)
  tally.add({ [handle]: 1, [ISSUED]: -1 })
}

async function audit(dir: string): Promise<number> {
  const { status, out, err } = await pinhole(['audit', '--json', '--data', dir])
  if (status) throw new Error(`The audit found faults: ${out}${err}`)
  return JSON.parse(out).transfers
}
