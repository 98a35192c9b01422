import { Database } from 'bun:sqlite'
import { createECDH, randomBytes } from 'node:crypto'
import { join } from 'node:path'

export const FOLLOWERS = 100_000
/** Posts that are in every inbox beforehand. In empty inboxes every row would be appended at the end of a page. */
const EARLIER = 20

/** Opens the server's database a second time, with the same durability settings. */
export function openBooks(dir: string): Database {
  const books = new Database(join(dir, 'pinhole.sqlite'))
  books.run('pragma synchronous = full')
  books.run('pragma busy_timeout = 5000')
  return books
}

/**
 * Creates a person (id 1) with 100,000 followers, some of whom have a phone that receives pushes through this service.
 */
export function fill(books: Database, { pushService, phones }: { pushService: string; phones: number }): void {
  const numbers = (n: number) => `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${n})`
  books.run(`${numbers(FOLLOWERS + 1)}
    insert into users (id, handle, display_name, password_hash, followers, created_at)
    select i, 'user_' || i, '', '', iif(i = 1, ${FOLLOWERS}, 0), 0 from n`)
  books.run(
    'insert into follows (followee_id, follower_id, notify, created_at) select 1, id, 1, 0 from users where id > 1',
  )
  for (let i = 0; i < EARLIER; i++) copyBare(books, addPost(books))
  books.run('update inbox set read = 1')
  books.run('insert into push_origins (origin) values (?)', [pushService])
  const keys = createECDH('prime256v1')
  books.run(
    `${numbers(phones)}
     insert into push_subscriptions
       (user_id, origin_id, endpoint, p256dh, auth, public_key, locale, name, created_at)
     select 1 + i * 10, 1, ? || '/' || i, ?, ?, ?, 'en', 'a phone', 0 from n`,
    [pushService, keys.generateKeys('base64url'), randomBytes(16).toString('base64url'), ''],
  )
}

let clock = Date.now()
/** Adds a published post that has not been delivered yet. */
export function addPost(books: Database): number {
  const at = clock++
  const add = books.query<{ id: number }, [number, number]>(
    `insert into posts (author_id, caption, visibility, created_at, published_at)
     values (1, '', 'everyone', ?, ?) returning id`,
  )
  return add.get(at, at)!.id
}

/** The fastest possible delivery: one statement and one commit. */
export const copyBare = (books: Database, postId: number) =>
  books.run(
    `insert into inbox (user_id, at, post_id, read)
     select f.follower_id, p.published_at, p.id, p.published_at < f.created_at
     from posts p join follows f on f.followee_id = p.author_id where p.id = ?`,
    [postId],
  )
