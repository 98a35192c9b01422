import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinhole, servePinhole } from '../process'
import { type Buyer, buyerAt, openBooks, openShop, printVoucher, signIn, stock } from './shop'

const PRICE = 3
const WORTH = 7
const COINS = 1_000_000
/** How many requests a buyer has under way. */
const HANDS = 8
/** For how long after its first answer the server may live, in milliseconds. */
const LONGEST_LIFE = 600

export type Soaked = { kills: number; told: number; survived: number; redeemed: number; transfers: number }
type Options = { kills: number; buyers?: number; posts?: number; tell?: (line: string) => void }

/** What a buyer knows: purchases they were told of, those they asked for without ever hearing of them, and vouchers redeemed. */
type Person = {
  handle: string
  token: string
  told: Set<number>
  unheard: Set<number>
  redeemed: Set<string>
  survived: number
  granted: number
}

/**
 * Buyers buy and redeem as fast as they can, and the server is killed at a random moment, again and again. After each kill the audit has
 * to be clean, and all that buyers were told of has to be there, once. Throws when it is not.
 */
export async function soakMoney({ kills, buyers = 4, posts = 400, tell = () => {} }: Options): Promise<Soaked> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-soak-'))
  try {
    const people = await invite(dir, buyers)
    for (let kill = 1; kill <= kills; kill++) {
      const [ids, code, life] = [stock(dir, posts, PRICE), printVoucher(dir, WORTH, buyers), Math.random() * LONGEST_LIFE]
      const sell = (address: string, heard: () => void) =>
        Promise.all(people.map((person) => trade(person, buyerAt(address, person.token), { ids, code, heard })))
      await liveFor(dir, life, sell, () => Promise.all([audit(dir), grant(dir, people[kill % buyers]!)]))
      const transfers = await audit(dir) // of a database that nobody has tidied up yet
      for (const person of people) compare(dir, person)
      const known = `${total(people, 'told')} purchases told of, ${total(people, 'unheard')} unheard of`
      tell(`kill ${kill} after ${Math.round(life)} ms: ${known}, ${transfers} transfers, audit clean`)
    }
    await using server = await servePinhole(dir)
    for (const person of people) await expectSame(dir, person, buyerAt(server.address, person.token))
    const survived = people.reduce((sum, person) => sum + person.survived, 0)
    return { kills, told: total(people, 'told'), survived, redeemed: total(people, 'redeemed'), transfers: await audit(dir) }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

const total = (people: Person[], what: 'told' | 'unheard' | 'redeemed') => people.reduce((sum, person) => sum + person[what].size, 0)

async function invite(dir: string, buyers: number): Promise<Person[]> {
  const handles = await openShop(dir, buyers, COINS)
  await using server = await servePinhole(dir)
  const nothing = () => ({ told: new Set<number>(), unheard: new Set<number>(), redeemed: new Set<string>(), survived: 0, granted: COINS })
  return await Promise.all(handles.map(async (handle) => ({ handle, token: await signIn(server.address, handle), ...nothing() })))
}

/** A server that is used, and killed `life` milliseconds after its first answer; `beside` it other processes read and write the books. */
async function liveFor(
  dir: string,
  life: number,
  use: (address: string, heard: () => void) => Promise<unknown>,
  beside: () => Promise<unknown>,
) {
  await using server = await servePinhole(dir, { env: { PINHOLE_RATE_LIMITS: 'off' } })
  const first = Promise.withResolvers<void>()
  const killed = first.promise.then(() => Bun.sleep(life)).then(() => server.stop('SIGKILL'))
  await Promise.all([use(server.address, first.resolve), beside(), killed])
}

type Goods = { ids: number[]; code: string; heard: () => void }

/** Until all is bought or the server is gone. What was never heard of is asked for again: it may be there already. */
async function trade(person: Person, buyer: Buyer, { ids, code, heard }: Goods) {
  const before = new Set(person.unheard)
  const wanted = [...ids.toSorted(() => Math.random() - 0.5), ...before] // taken from the end
  const redeemAt = wanted.length - 1 - Math.floor(Math.random() * 50)
  const hand = async () => {
    for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
      if (wanted.length === redeemAt && !(await redeem(person, buyer, code))) return
      person.unheard.add(id)
      const answer = await buyer.buy(id, PRICE).catch(() => undefined) // the server was killed
      if (!answer) return
      heard()
      const known = answer.status === 200 && before.has(id)
      if (answer.status !== 201 && !known)
        throw new Error(`${person.handle} was told ${answer.status} for post ${id}: ${JSON.stringify(answer.body)}`)
      if (known) person.survived++
      person.told.add(id)
      person.unheard.delete(id)
    }
  }
  await Promise.all(Array.from({ length: HANDS }, hand))
}

/** False when the server was killed meanwhile. */
async function redeem(person: Person, buyer: Buyer, code: string): Promise<boolean> {
  const answer = await buyer.redeem(code).catch(() => undefined)
  if (answer && answer.status !== 201) throw new Error(`${person.handle} was told ${answer.status} for a voucher`)
  if (answer) person.redeemed.add(code)
  return !!answer
}

async function grant(dir: string, person: Person) {
  const { status, err } = await pinhole(['coins', 'grant', person.handle, '1', '--data', dir])
  if (status) throw new Error(`No coin for ${person.handle}: ${err}`)
  person.granted++
}

async function audit(dir: string): Promise<number> {
  const { status, out, err } = await pinhole(['audit', '--json', '--data', dir])
  if (status) throw new Error(`The audit found faults: ${out}${err}`)
  return JSON.parse(out).transfers
}

/** What the books say of somebody, against what they were told. */
function compare(dir: string, { handle, told, unheard, redeemed, granted }: Person) {
  using books = openBooks(dir)
  const { id } = books.query<{ id: number }, [string]>('select id from users where handle = ?').get(handle)!
  const bought = idsBought(dir, handle)
  const lost = [...told].filter((post) => !bought.includes(post))
  const unasked = bought.filter((post) => !told.has(post) && !unheard.has(post))
  const twice = bought.filter((post, at) => bought.indexOf(post) !== at)
  const redemptions = books.query('select 1 from redemptions where user_id = ?').all(id).length
  const { balance } = books
    .query<{ balance: number }, [number]>(`select balance from coin_accounts where kind = 'member' and user_id = ?`)
    .get(id)!
  const due = granted + WORTH * redemptions - PRICE * bought.length
  const wrong = Object.entries({ lost, unasked, twice }).filter(([, posts]) => posts.length)
  if (wrong.length) throw new Error(`${handle}: ${JSON.stringify(Object.fromEntries(wrong))}`)
  if (redemptions < redeemed.size) throw new Error(`${handle} redeemed ${redeemed.size} vouchers, and ${redemptions} are there`)
  if (balance !== due) throw new Error(`${handle} has ${balance} coins, and should have ${due}`)
}

function idsBought(dir: string, handle: string): number[] {
  using books = openBooks(dir)
  const rows = books.query<{ id: number }, [string]>(
    'select post_id as id from purchases where buyer_id = (select id from users where handle = ?)',
  )
  return rows.all(handle).map(({ id }) => id)
}

/** The library, as its owner reads it, holds what was paid for, each once. */
async function expectSame(dir: string, { handle }: Person, buyer: Buyer) {
  const [seen, bought] = [(await buyer.library()).sort(), idsBought(dir, handle).sort()]
  if (JSON.stringify(seen) !== JSON.stringify(bought))
    throw new Error(`The library of ${handle} shows ${seen.length} posts of ${bought.length}`)
}
