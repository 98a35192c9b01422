import type { Database } from 'bun:sqlite'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../src/config'
import { openApp } from '../src/open-app'
import { startSession } from '../src/sessions/model'
import { openBooks } from './star'

export type Size = { people: number; posts: number; followsEach: number }

export const SMALL: Size = { people: 50, posts: 1000, followsEach: 20 }
/** Five million rows in inboxes. */
export const MEDIUM: Size = { people: 10_000, posts: 200_000, followsEach: 25 }
/** Fifty million rows in inboxes. */
export const LARGE: Size = { people: 100_000, posts: 2_000_000, followsEach: 25 }

/** The person whose pages are asked for. */
const READER = 1

/** Creates a community of this size in `dir`, and returns a session token of `READER`. */
export async function makeNetwork(dir: string, size: Size): Promise<string> {
  mkdirSync(join(dir, 'media'), { recursive: true })
  const app = await openApp(readConfig({ data: dir }, {}))
  using books = openBooks(dir)
  books.transaction(() => fill(books, size))()
  const token = await app.sessionTokens.sign(await app.write((tx) => startSession(tx, READER, 'bench', app.now())))
  app.close()
  return token
}

const renditions = (bytes: number) => {
  const each = (width: number, height: number) => ({
    type: 'image/webp',
    width,
    height,
    bytes,
    sha256: 'a'.repeat(64),
  })
  return JSON.stringify({
    thumb: each(480, 360),
    feed: each(1440, 1080),
    full: each(2560, 1920),
    blurred: each(32, 24),
  })
}

/** About as long as the placeholders of real photos, and as hard to compress. */
const PLACEHOLDER = `'data:image/webp;base64,' || hex(randomblob(60))`

/**
 * Every tenth post has three photos, the others have one; every twentieth costs coins, and every fifteenth is for
 * followers. People follow the next `followsEach` people in a circle.
 */
function fill(books: Database, { people, posts, followsEach }: Size): void {
  const numbers = (n: number) => `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${n})`
  const now = Date.now()
  const minutesAgo = (i: string) => `${now} - (${posts} - ${i} + 1) * 60000`
  books.run(`${numbers(people)} insert into users
    (id, handle, display_name, bio, password_hash, followers, following, posts, created_at)
    select i, 'member_' || i, 'Member Number ' || i, 'I take photos of the sea.', '', ${followsEach}, ${followsEach},
      ${posts / people}, ${now} - 86400000 from n`)
  books.run(`${numbers(posts)} insert into posts
    (id, author_id, caption, price, visibility, likes, comments, created_at, published_at)
    select i, 1 + i % ${people}, 'The harbour this morning, before the fog lifted, number ' || i,
      iif(i % 20 = 7, 5, 0), iif(i % 15 = 4, 'followers', 'everyone'), i % 40, i % 7,
      ${minutesAgo('i')}, ${minutesAgo('i')} from n`)
  for (const position of [0, 1, 2])
    books.run(
      `${numbers(posts)} insert into files (owner_id, post_id, position, name, type, kind, bytes, rendition_bytes,
         status, progress, width, height, placeholder, renditions, created_at)
       select 1 + i % ${people}, i, ${position}, 'photo.jpg', 'image/jpeg', 'image', 1000000, 400000, 'ready', 1, 4000, 3000,
         ${PLACEHOLDER}, ?, ${minutesAgo('i')} from n ${position ? 'where i % 10 = 3' : ''}`,
      [renditions(120_000)],
    )
  // Every member has a profile picture.
  books.run(
    `${numbers(people)} insert into files (owner_id, name, type, kind, bytes, rendition_bytes, status, progress,
      width, height, placeholder, renditions, created_at)
    select i, 'me.jpg', 'image/jpeg', 'image', 100000, 40000, 'ready', 1, 400, 400, ${PLACEHOLDER}, ?, ${now} from n`,
    [renditions(20_000)],
  )
  books.run(`update users set avatar_file_id = (select max(id) from files) - ${people} + id`)
  books.run(`${numbers(followsEach)}, p (id) as (select id from users)
    insert into follows (followee_id, follower_id, created_at) select 1 + (p.id + i - 1) % ${people}, p.id, 0 from p, n`)
  books.run(`insert into inbox (user_id, at, post_id, read)
    select f.follower_id, p.published_at, p.id, p.id < ${posts} - 200 from posts p join follows f on f.followee_id = p.author_id
    order by f.follower_id, p.published_at, p.id`)
}
