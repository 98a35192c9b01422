import { openBooks } from '../shop'
import type { SoakState, Wish } from './soak-state'
import { ISSUED, PAID_OUT, type Place, REST, TAKEN_BACK } from './tally'

/**
 * Compares the database with the responses: every sum, purchase, idempotency key and deleted account. Throws if they
 * differ.
 */
export function compare(soak: SoakState) {
  const faults = [...wrongSums(soak), ...wrongPurchases(soak), ...lostKeys(soak), ...wrongLeavers(soak)]
  if (faults.length) throw new Error(`${faults.length} faults: ${faults.slice(0, 20).join('; ')}`)
}

const PLACES: Record<string, Place> = { issued: ISSUED, paid_out: PAID_OUT, taken_back: TAKEN_BACK }

function wrongSums({ dir, buyers, tally }: SoakState): string[] {
  using books = openBooks(dir)
  const rows = books
    .query<{ kind: string; handle: string | null; balance: number }, []>(
      'select kind, handle, balance from coin_accounts left join users on users.id = user_id',
    )
    .all()
  const sums = new Map<Place, number>(
    [...buyers.map(({ handle }) => handle), REST, ...Object.values(PLACES)].map((place) => [place, 0]),
  )
  for (const { kind, handle, balance } of rows) {
    const place = PLACES[kind] ?? (handle && sums.has(handle) ? handle : REST)
    sums.set(place, sums.get(place)! + balance)
  }
  return [...sums].flatMap(([place, coins]) => {
    const { least, most } = tally.between(place)
    return coins < least || coins > most ? [`${place}: ${coins} coins, not ${least} to ${most}`] : []
  })
}

const inBooks: Record<Wish['state'], (ended: boolean | undefined) => boolean> = {
  asked: (ended) => ended !== true,
  held: (ended) => ended === false,
  'refund asked': (ended) => ended !== undefined,
  refunded: (ended) => ended === true,
}

function wrongPurchases({ dir, wishes }: SoakState): string[] {
  using books = openBooks(dir)
  const rows = books
    .query<{ name: string; ended: number }, []>(
      `select handle || ' ' || post_id as name, ended_at is not null as ended
       from purchases join users on users.id = buyer_id`,
    )
    .all()
  const found = new Map(rows.map(({ name, ended }) => [name, ended === 1]))
  return [
    ...(found.size === rows.length ? [] : [`${rows.length - found.size} purchases exist twice`]),
    ...[...found.keys()].filter((name) => !wishes.has(name)).map((name) => `nobody requested ${name}`),
    ...[...wishes]
      .filter(([name, { state }]) => !inBooks[state](found.get(name)))
      .map(([name, { state }]) => `${name} is not ${state}`),
  ]
}

/** The idempotency key of every answered request must be stored. */
function lostKeys({ dir, confirmed, unconfirmed }: SoakState): string[] {
  using books = openBooks(dir)
  const rows = books.query<{ key: string }, []>('select key from idempotency').all()
  const [kept, answered] = [new Set(rows.map(({ key }) => key)), new Set(confirmed.map(({ action }) => action.key!))]
  const asked = new Set([...unconfirmed.keys()].map(({ key }) => key))
  return [
    ...[...answered].filter((key) => !kept.has(key)).map((key) => `the response for ${key} is not stored`),
    ...[...kept].filter((key) => !answered.has(key) && !asked.has(key)).map((key) => `nobody sent ${key}`),
  ]
}

function wrongLeavers({ dir, gone }: SoakState): string[] {
  using books = openBooks(dir)
  const rich = books
    .query<{ user_id: number }, []>(
      'select user_id from coin_accounts join users on users.id = user_id where deleted_at is not null and balance > 0',
    )
    .all()
  const names = new Set(
    books
      .query<{ handle: string }, []>('select handle from users')
      .all()
      .map(({ handle }) => handle),
  )
  return [
    ...rich.map(({ user_id }) => `user ${user_id} left but still has coins`),
    ...[...gone].filter(({ handle }) => names.has(handle)).map(({ handle }) => `${handle} left but still exists`),
  ]
}
