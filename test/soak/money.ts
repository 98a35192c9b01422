import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinhole, servePinhole, spawnPinhole } from '../process'
import { fakeStripe } from '../stripe'
import { PACK } from '../stripe-market'
import { type Action, type Connection, connectTo, perform, replay } from './money/action'
import { buy, give, redeem, tip, topUp } from './money/buyers'
import { compare } from './money/compare'
import { giveLook } from './money/looks'
import { beginPayment } from './money/payments'
import { payOut, refund } from './money/sellers'
import { below, draw, one, type Person, PRICE, type SoakState, WORTH } from './money/soak-state'
import { changeFee, comeAndGo, grant } from './money/staff'
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

export type Soaked = SoakState['counts'] & { kills: number; transfers: number; left: number }
type Options = { kills: number; buyers?: number; posts?: number; tell?: (connection: string) => void }

/**
 * Moves coins in every possible way as fast as possible and kills the server at random moments. After each kill the
 * audit must be clean, and the database must match the responses. Throws if it does not.
 */
export async function soakMoney({ kills, buyers = 4, posts = 100, tell = () => {} }: Options): Promise<Soaked> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-soak-'))
  await using stripe = fakeStripe()
  try {
    const soak = await openSoak(dir, stripe, buyers)
    for (let kill = 1; kill <= kills; kill++) {
      restock(soak, kill, posts)
      const life =
        kill % KILL_AT_START
          ? await liveFor(soak, below(LONGEST_LIFE), kill)
          : await startFor(soak, below(LONGEST_START))
      const transfers = await audit(dir) // before a start has cleaned up after the kill
      compare(soak)
      const { done, again } = soak.counts
      tell(
        `kill ${kill} ${life}: ${done} actions confirmed, ${soak.unconfirmed.size} unconfirmed, ${again} confirmed later, ` +
          `${transfers} transfers, the audit is clean`,
      )
    }
    const transfers = await settle(soak)
    return { ...soak.counts, kills, transfers, left: soak.gone.size }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

async function openSoak(dir: string, stripe: SoakState['stripe'], buyers: number): Promise<SoakState> {
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
    unconfirmed: new Map(),
    confirmed: [],
    followUps: [],
    wishes: new Map(),
    offered: new Map(all.map((buyer) => [buyer, []])),
    codes: new Map(all.map((buyer) => [buyer, []])),
    counts: { done: 0, refused: 0, again: 0, replayed: 0 },
  }
}

/** Adds new posts, a new voucher and a person who will leave. */
function restock(soak: SoakState, kill: number, posts: number) {
  const ids = stock(soak.dir, posts, PRICE)
  const code = printVoucher(soak.dir, WORTH, soak.buyers.length)
  for (const buyer of soak.buyers) {
    soak.offered.get(buyer)!.push(...ids)
    soak.codes.get(buyer)!.push(code)
  }
  const leaver = { handle: `leaver${kill}`, token: '' }
  addPeople(soak.dir, [leaver.handle])
  soak.followUps.push(comeAndGo(soak, leaver))
}

/**
 * Uses a server until it is killed `life` milliseconds after its first response, while other processes read and write
 * the database.
 */
async function liveFor(soak: SoakState, life: number, kill: number): Promise<string> {
  await using server = await reopen(soak)
  const first = Promise.withResolvers<void>()
  let isKilled = false
  const connection = connectTo(server.address, { heard: first.resolve, isKilled: () => isKilled })
  const killed = first.promise
    .then(() => Bun.sleep(life))
    .then(() => {
      isKilled = true
      return server.stop('SIGKILL')
    })
  const beside = kill % 2 ? audit(soak.dir) : grantBeside(soak)
  await Promise.all([trade(soak, connection, () => next(soak)), replay(soak, connection, REPLAYS), beside, killed])
  return `after ${life} ms`
}

/** Kills the server during its start, while it cleans up after the previous kill. */
async function startFor({ dir }: SoakState, life: number): Promise<string> {
  const child = spawnPinhole(['serve', '0', '--host', '127.0.0.1', '--data', dir])
  await Bun.sleep(life)
  child.kill('SIGKILL')
  await child.exited
  return `${life} ms into its start`
}

/** Starts the server at the same address as before, because the payment pages of Stripe lead back to it. */
const reopen = ({ dir, port, stripe }: SoakState) =>
  servePinhole(dir, { port, env: { PINHOLE_RATE_LIMITS: 'off', ...stripe.env } })

async function freePort(): Promise<number> {
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  const { port } = server
  await server.stop(true)
  return port!
}

const BUYING = [buy, buy, buy, give, giveLook, tip]
const ACTIONS = [...BUYING, redeem, topUp, beginPayment, refund, payOut, payOut, grant, changeFee]

/** The next action. In most cases this is a consequence of an earlier response, if there is one. */
const next = (soak: SoakState): Action | undefined =>
  (below(4) ? draw(soak.followUps) : undefined) ?? one(ACTIONS)(soak) ?? tip(soak)

/**
 * Performs actions until the server is gone or there is nothing left to do. Unconfirmed actions come first, as they may
 * be done already.
 */
async function trade(soak: SoakState, connection: Connection, next: () => Action | undefined) {
  const unheard = [...soak.unconfirmed.keys()]
  const worker = async () => {
    for (let action = unheard.pop() ?? next(); action; action = unheard.pop() ?? next())
      if (!(await perform(soak, connection, action))) return
  }
  await Promise.all(Array.from({ length: HANDS }, worker))
}

/**
 * Runs without a kill until everything is confirmed. Then every sum is known exactly, and libraries must show what was
 * paid for.
 */
async function settle(soak: SoakState): Promise<number> {
  await using server = await reopen(soak)
  const connection = connectTo(server.address, { heard: () => {}, isKilled: () => false })
  while (soak.unconfirmed.size + soak.followUps.length) await trade(soak, connection, () => draw(soak.followUps))
  await replay(soak, connection, 10 * REPLAYS)
  if (soak.tally.unheard()) throw new Error(`${soak.tally.unheard()} actions were never confirmed.`)
  compare(soak)
  for (const { handle, token } of soak.buyers) {
    const held = [...soak.wishes.values()].filter(({ holder, state }) => holder.handle === handle && state === 'held')
    const [seen, due] = [
      (await buyerAt(server.address, token).library()).sort(),
      held.map(({ postId }) => postId).sort(),
    ]
    if (JSON.stringify(seen) !== JSON.stringify(due))
      throw new Error(`The library of ${handle} shows ${seen.length} of ${due.length} posts.`)
  }
  return audit(soak.dir)
}

async function grantBeside({ dir, buyers, tally }: SoakState) {
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
