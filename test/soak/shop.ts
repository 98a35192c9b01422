import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { pinhole } from '../process'

const PASSWORD = 'a long password'

/** Buyers with coins, and posts to buy: enough to trade with, and nothing that takes time to make. Posts hold no photos. */
export async function openShop(
  dataDir: string,
  { buyers, coins, posts, price }: { buyers: number; coins: number; posts: number; price: number },
) {
  const run = async (args: string[], stdin = '') => {
    const { status, err } = await pinhole([...args, '--data', dataDir], { stdin })
    if (status) throw new Error(`${args.join(' ')}: ${err}`)
  }
  await run(['users', 'create', 'seller', '--password-stdin'], PASSWORD)
  const handles = Array.from({ length: buyers }, (_, i) => `buyer${i}`)
  for (const handle of handles) {
    await run(['users', 'create', handle, '--password-stdin'], PASSWORD)
    await run(['coins', 'grant', handle, String(coins)])
  }
  using database = new Database(join(dataDir, 'pinhole.sqlite'))
  database.run('pragma busy_timeout = 5000')
  database.run(
    `with recursive n (i) as (select 1 union all select i + 1 from n where i < ?)
     insert into posts (id, author_id, caption, price, visibility, created_at, published_at)
     select i, (select id from users where handle = 'seller'), 'number ' || i, ?, 'everyone', i, i from n`,
    [posts, price],
  )
  return handles
}

export type Buyer = Awaited<ReturnType<typeof signIn>>

export async function signIn(address: string, handle: string) {
  const send = async (method: string, path: string, body?: unknown, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const answer = await fetch(`${address}/api${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
    return { status: answer.status, body: await answer.json() } as { status: number; body: ReturnType<typeof JSON.parse> }
  }
  const { token } = (await send('POST', '/sessions', { handle, password: PASSWORD })).body
  return {
    handle,
    token,
    look: (path: string) => send('GET', path, undefined, token),
    buy: (postId: number, price: number) => send('PUT', `/library/${postId}`, { price }, token),
  }
}
