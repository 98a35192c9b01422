import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import type { PostJson } from '../shapes/posts'
import { createMediaUrls } from '../src/http/media-url'
import { readKeyring } from '../src/keys'
import type { Revoked } from '../src/ports/sessions'
import { createSessionTokens } from '../src/sessions/token'
import { cardOf, frameOf } from './by-hand-html'

// The main page as a careful person would write it by hand for one server without a framework: SQL prepared once, rows
// by position, strings put together. The conditions and signatures are those of the product. Run by `pages.ts`.

const dir = process.argv[2]!
const database = new Database(join(dir, 'pinhole.sqlite'), { readonly: true })
/** With a sign before each value SQLite does not plan a statement again at every execution (see `src/db/engine.ts`). */
const prepare = (sql: string) => database.prepare(sql.replaceAll('?', '+?'))
const keys = readKeyring(dir, () => new Date())
const revoked: Revoked = { viewers: new Map(), files: new Map(), sessions: new Set(), raises: 0 }
const { urlOf } = createMediaUrls(
  () => keys('media'),
  revoked,
  () => new Date(),
)
const tokens = createSessionTokens(
  () => keys('session'),
  () => new Date(),
)

const STAFF = `exists (select 1 from users r where r.id = ?1 and r.role <> 'member' and r.suspended_at is null)`
const GROWN = `p.adults_only = 0 or p.author_id = ?1 or exists (select 1 from users r where r.id = ?1 and r.adult_at is not null)`
const BOUGHT = `(p.removed_at is null and exists (select 1 from purchases x where x.post_id = p.id and x.buyer_id = ?1 and x.ended_at is null and x.undo_until is null))`
const HAS_BLOCKS = `(exists (select 1 from blocks where blocker_id = ?1) or exists (select 1 from blocks where blocked_id = ?1))`
const BLOCKED = `(select blocked_id from blocks where blocker_id = ?1 union select blocker_id from blocks where blocked_id = ?1)`
const visible = (staff: string) => `p.deleted_at is null and u.deleted_at is null
  and ((u.suspended_at is null and u.waiting_at is null) or ${staff})
  and not exists (select 1 from blocks where blocker_id = ?1 and blocked_id = p.author_id)
  and not exists (select 1 from blocks where blocker_id = p.author_id and blocked_id = ?1)
  and (${GROWN} or ${staff})
  and (p.author_id = ?1 or (((p.published_at is not null and p.held_at is null) or (p.held_at is not null and ${staff})) and ((p.visibility = 'everyone' and u.private = 0)
    or exists (select 1 from follows where followee_id = p.author_id and follower_id = ?1) or ${BOUGHT})))`
const VISIBLE = visible(STAFF)
const MUTED_WORDS = `select 1 from muted_words w where w.user_id = ?1 and (
    exists (select 1 from tags t join tagged g on g.tag_id = t.id where t.tag = w.tag and g.post_id = p.id)
    or exists (select 1 from captions c where c.rowid = p.id
      and captions match ('{words} : ("' || coalesce(w.grams, '<>') || '"' || iif(w.open, ' *', '') || ')')))`
const OFFERED = `${visible('false')} and p.held_at is null
  and not exists (select 1 from mutes where muter_id = ?1 and muted_id = p.author_id)
  and not exists (select 1 from muted_posts where user_id = ?1 and post_id = p.id)
  and (p.author_id = ?1 or not exists (${MUTED_WORDS}))`

const viewerOf = prepare(`select u.handle, u.avatar_file_id, u.locale, u.role
  from sessions s join users u on u.id = s.user_id
  where s.id = ? and s.user_id = ? and s.ended_at is null and s.expires_at > ? and u.deleted_at is null and u.suspended_at is null and u.waiting_at is null`)

const page = prepare(`select p.id, p.caption, p.price, p.visibility, p.sensitive, p.created_at, p.published_at,
  p.likes - case when ${HAS_BLOCKS} then (select count(*) from likes where post_id = p.id and user_id in ${BLOCKED}) else 0 end,
  p.comments - case when ${HAS_BLOCKS} then (select count(*) from comments where post_id = p.id and deleted_at is null and held_at is null and author_id in ${BLOCKED}) else 0 end,
  u.id, u.handle, u.display_name, u.bio, u.links,
  (select f.id from files f where f.id = u.avatar_file_id and f.status = 'ready' and f.deleted_at is null),
  u.followers, u.following, u.posts, u.created_at,
  exists (select 1 from follows where followee_id = u.id and follower_id = ?1),
  exists (select 1 from blocks where blocker_id = ?1 and blocked_id = u.id),
  exists (select 1 from blocks where blocker_id = u.id and blocked_id = ?1),
  exists (select 1 from mutes where muter_id = ?1 and muted_id = u.id), ${BOUGHT},
  exists (select 1 from likes where post_id = p.id and user_id = ?1),
  exists (select 1 from bookmarks where post_id = p.id and user_id = ?1),
  p.edited_at, p.pinned_at is not null, u.private,
  (u.private = 1 and exists (select 1 from follow_requests where followee_id = u.id and follower_id = ?1)), p.adults_only
  from posts p join users u on u.id = p.author_id
  where p.published_at is not null and ${OFFERED} and (p.published_at, p.id) < (?2, ?3)
  order by p.published_at desc, p.id desc limit ?4`)

const filesOf =
  prepare(`select id, post_id, kind, name, status, progress, width, height, duration, alt_text, placeholder, renditions
  from files where post_id in (select value from json_each(?)) and deleted_at is null order by post_id, position`)

const unreadPosts =
  prepare(`select count(*) from inbox i join posts p on p.id = i.post_id join users u on u.id = p.author_id
  where i.user_id = ?1 and i.read = 0 and exists (select 1 from follows where followee_id = p.author_id and follower_id = ?1) and ${OFFERED}`)

const crowds = prepare(
  `select author_id from crowds c where exists (select 1 from follows where followee_id = c.author_id and follower_id = ?)`,
)

const unreadNotifications = prepare(`select count(*) from notifications n left join users a on a.id = n.actor_id
  left join posts p on p.id = n.post_id left join users u on u.id = p.author_id
  where n.user_id = ?1 and n.read = 0 and ((a.deleted_at is null and a.suspended_at is null) or n.count > 1)
  and (n.kind not in ('like', 'comment', 'mention', 'post', 'report') or (n.kind = 'report' and ${STAFF})
    or (n.kind in ('like', 'comment', 'mention') and ${VISIBLE}) or (n.kind = 'post' and ${OFFERED}))`)

const balance = prepare(`select balance from coin_accounts where kind = 'member' and coalesce(user_id, 0) = ?`)

const time = (at: unknown) => new Date(at as number).toISOString()

type Row = (string | number)[]

function postsFor(viewer: number): PostJson[] {
  const rows = page.values(viewer, Number.MAX_SAFE_INTEGER, 0, 21).slice(0, 20) as Row[]
  const files = Map.groupBy(filesOf.values(JSON.stringify(rows.map(([id]) => id))) as Row[], (row) => row[1])
  return rows.map((row) => {
    const own = row[9] === viewer
    const forAnyone = 0 as number // strangers may not look in this community
    const holder = forAnyone || viewer
    const locked = (row[2] as number) > 0 && !own && !row[23]
    return {
      id: row[0],
      author: {
        id: row[9],
        handle: row[10],
        displayName: row[11],
        bio: row[12],
        links: JSON.parse(row[13] as string),
        avatarUrl:
          row[14] && !row[20] && !row[21]
            ? urlOf({ viewer: holder, file: row[14] as number, asOf: 0 }, 'full/thumb.webp')
            : null,
        followers: row[15],
        following: row[16],
        posts: row[28] && !row[19] && !own ? 0 : row[17],
        private: !!row[28],
        createdAt: time(row[18]),
        viewer: { self: own, following: !!row[19], requested: !!row[29], blocked: !!row[20], muted: !!row[22] },
      },
      caption: row[1],
      price: row[2],
      visibility: row[3],
      sensitive: !!row[4],
      adultsOnly: !!row[30],
      status: 'published',
      createdAt: time(row[5]),
      publishedAt: time(row[6]),
      editedAt: row[26] ? time(row[26]) : null,
      pinned: !!row[27],
      files: (files.get(row[0]!) ?? []).map((file) => fileOf(file, { own, locked, holder })),
      likes: row[7],
      comments: row[8],
      locked,
      viewer: { own, bought: !!row[23], liked: !!row[24], bookmarked: !!row[25] },
    } as PostJson
  })
}

function fileOf(file: Row, { own, locked, holder }: { own: boolean; locked: boolean; holder: number }) {
  const id = file[0] as number
  const stored = JSON.parse(file[11] as string)
  const renditions: Record<string, object> = {}
  for (const name of locked ? ['blurred'] : ['thumb', 'feed', 'full', 'blurred']) {
    const { type, width, height } = stored[name]
    const path = name === 'blurred' ? ('preview/blurred.webp' as const) : (`full/${name}.webp` as const)
    renditions[name] = { url: urlOf({ viewer: holder, file: id, asOf: 0 }, path), type, width, height }
  }
  const [, postId, kind, name, status, progress, width, height, duration, altText, placeholder] = file
  if (locked)
    return { id, kind, status: 'ready', progress: 1, error: null, width, height, duration, altText: null, placeholder, renditions, postId: null } // biome-ignore format: one line
  const [named, noted] = own ? [{ name }, { note: null }] : []
  return { id, kind, ...named, status, progress, error: null, ...noted, width, height, duration, altText, placeholder, renditions, postId } // biome-ignore format: one line
}

const nextOf = (posts: PostJson[]) => {
  const last = posts.at(-1)
  return last ? `${+new Date(last.publishedAt!)}_${last.id}` : null
}

const HEADERS = { 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' }

const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  async fetch(request) {
    const token = request.headers.get('authorization')?.slice('Bearer '.length)
    const claims = await tokens.read(token)
    if (!claims) return new Response(null, { status: 401 })
    const [me] = viewerOf.values(claims.sessionId, claims.userId, Date.now()) as Row[]
    if (!me) return new Response(null, { status: 401 })
    const { pathname } = new URL(request.url)
    if (pathname === '/api/nothing')
      return new Response(JSON.stringify({ items: [], nextCursor: null }), { headers: { ...HEADERS, 'content-type': 'application/json' } }) // biome-ignore format: one line
    const posts = postsFor(claims.userId)
    if (pathname === '/api/posts')
      return new Response(JSON.stringify({ items: posts, nextCursor: nextOf(posts) }), { headers: { ...HEADERS, 'content-type': 'application/json' } }) // biome-ignore format: one line
    const [[inbox], [notifications], [account]] = [unreadPosts.values(claims.userId), unreadNotifications.values(claims.userId), balance.values(claims.userId)] as [Row[], Row[], Row[]] // biome-ignore format: one line
    if (crowds.values(claims.userId).length) throw new Error('This network has no authors with merged posts.')
    const frame = frameOf({
      handle: me[0] as string,
      avatarUrl: me[1] ? urlOf({ viewer: claims.userId, file: me[1] as number, asOf: 0 }, 'full/thumb.webp') : null,
      inbox: inbox![0] as number,
      notifications: notifications![0] as number,
      coins: (account?.[0] as number | undefined) ?? 0,
      next: nextOf(posts),
    })
    let html = frame.before
    for (const [at, post] of posts.entries()) html += cardOf(post, at === 0)
    return new Response(html + frame.after, { headers: { ...HEADERS, 'content-type': 'text/html; charset=UTF-8' } })
  },
})
console.log(server.url.origin)
