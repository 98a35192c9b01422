import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { newVoucherCode, parseVoucherCode } from '../../src/coins/voucher-code'
import { hashCode } from '../../src/coins/vouchers'
import { readKeys } from '../../src/keys'
import type { Json } from '../harness'
import { makeCommunity, pinhole } from '../process'

/** The password of everyone. */
export const PASSWORD = 'a long password'

/** Creates a data folder with an administrator `boss`, a seller and buyers. */
export async function openShop(dataDir: string, buyers: string[]) {
  makeCommunity(dataDir)
  for (const [handle, role] of [
    ['boss', 'admin'],
    ['seller', 'member'],
  ] as const) {
    const { status, err } = await pinhole(
      ['users', 'create', handle, '--role', role, '--password-stdin', '--data', dataDir],
      {
        stdin: PASSWORD,
      },
    )
    if (status) throw new Error(`${handle}: ${err}`)
  }
  addPeople(dataDir, buyers)
}

/** Adds people who have the same password as the seller. */
export function addPeople(dataDir: string, handles: string[]) {
  using books = openBooks(dataDir)
  const add = books.query(
    `insert into users (handle, display_name, password_hash, created_at) 
     select ?1, ?1, password_hash, created_at from users where handle = 'seller'`,
  )
  for (const handle of handles) add.run(handle)
}

/** Opens the database of a data folder. */
export function openBooks(dataDir: string): Database {
  const database = new Database(join(dataDir, 'pinhole.sqlite'))
  database.run('pragma busy_timeout = 5000')
  return database
}

/** Adds posts by the seller that have no photos, because purchases do not need any. Returns their ids. */
export function stock(dataDir: string, posts: number, price: number): number[] {
  using books = openBooks(dataDir)
  return books
    .query<{ id: number }, [number, number]>(
      `with recursive n (i) as (select 1 union all select i + 1 from n where i < ?)
       insert into posts (author_id, caption, price, visibility, created_at, published_at)
       select (select id from users where handle = 'seller'), 'for sale', ?, 'everyone', 1, 1 from n returning id`,
    )
    .all(posts, price)
    .map(({ id }) => id)
}

/** Creates a voucher for `uses` people and returns its code. */
export function printVoucher(dataDir: string, coins: number, uses: number): string {
  using books = openBooks(dataDir)
  const code = newVoucherCode()
  const hash = hashCode(readKeys(dataDir)('voucher'), parseVoucherCode(code)!)
  books.run('insert into vouchers (code_hash, coins, uses, created_at) values (?, ?, ?, 1)', [hash, coins, uses])
  return code
}

export type Buyer = ReturnType<typeof buyerAt>

/** Signs in and returns a token, which stays valid when the server restarts. */
export async function signIn(address: string, handle: string): Promise<string> {
  const { body } = await buyerAt(address, '').send('POST', '/sessions', { handle, password: PASSWORD })
  return body.token
}

export function buyerAt(address: string, token: string) {
  const send = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const answer = await fetch(`${address}/api${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json() }
  }
  return {
    send,
    look: (path: string) => send('GET', path),
    buy: (postId: number, price: number) => send('PUT', `/library/${postId}`, { price }),
    /** The ids of all posts in the library. */
    async library(): Promise<number[]> {
      const ids: number[] = []
      for (let cursor = ''; ; ) {
        const { body } = await send('GET', `/library?limit=100${cursor && `&cursor=${cursor}`}`)
        ids.push(...body.items.map(({ id }: Json) => id))
        if (!body.nextCursor) return ids
        cursor = body.nextCursor
      }
    },
  }
}
