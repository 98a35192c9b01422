import { and, gt, gte, isNotNull, sql } from 'drizzle-orm'
import type { Reader, Store } from './db/open'
import { prepared } from './db/prepared'
import { files } from './files/table'
import { guestOf } from './http/guests'
import { looks } from './looks/table'
import type { Revoked } from './ports/sessions'
import { SESSION_MS } from './sessions/model'
import { sessions } from './sessions/table'
import { users } from './users/table'

/** The longest life of a media link. An epoch raised before that affects no link that is still valid. */
const LINK_MS = 12 * 3600_000
/** How often everything is read again, which drops what no longer matters. */
const REFRESH_MS = 3600_000
/**
 * Between full reads only new rows are read. The reads overlap, because a transaction takes its time before it waits
 * for its turn.
 */
const OVERLAP_MS = 60_000

const since = sql.placeholder('since')
const taken = prepared((db: Reader) => ({
  // Guests are viewers, too. Their links end once, with the link by which they came.
  viewers: db
    .select({ id: users.id, epoch: users.epoch })
    .from(users)
    .where(gte(users.epochAt, since))
    .unionAll(
      db
        .select({ id: sql<number>`${looks.id} + ${guestOf(0)}`.mapWith(Number), epoch: sql<number>`1`.mapWith(Number) })
        .from(looks)
        .where(gte(looks.endedAt, since)),
    )
    .prepare(),
  files: db.select({ id: files.id, epoch: files.epoch }).from(files).where(gte(files.epochAt, since)).prepare(),
  sessions: db.select({ id: sessions.id }).from(sessions).where(gte(sessions.endedAt, since)).prepare(),
  // A personal token may live for years after it was revoked.
  tokens: db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(isNotNull(sessions.scopes), isNotNull(sessions.endedAt), gt(sessions.expiresAt, sql.placeholder('now'))))
    .prepare(),
}))

/** `onRaised` is called with the files whose links were taken back, before new links to them are made. */
export async function watchRevoked(
  { db, onChange }: Pick<Store, 'db' | 'onChange'>,
  now: () => Date,
  onRaised: (fileIds: ReadonlySet<number>) => Promise<void> = async () => {},
): Promise<Revoked> {
  const revoked: Revoked = { viewers: new Map(), files: new Map(), sessions: new Set() }
  let [readAt, wholeAt] = [0, 0]

  const read = async (from: { links: number; sessions: number }) => ({
    viewers: (await taken(db).viewers.execute({ since: from.links })).map(({ id, epoch }) => [id, epoch] as const),
    files: (await taken(db).files.execute({ since: from.links })).map(({ id, epoch }) => [id, epoch] as const),
    sessions: (await taken(db).sessions.execute({ since: from.sessions })).map(({ id }) => id),
  })
  const refresh = async () => {
    const at = +now()
    const whole = at - wholeAt >= REFRESH_MS
    const rows = await read(
      whole
        ? { links: at - LINK_MS, sessions: at - SESSION_MS }
        : { links: readAt - OVERLAP_MS, sessions: readAt - OVERLAP_MS },
    )
    const raised = rows.files.filter(([id, epoch]) => revoked.files.get(id) !== epoch)
    if (raised.length) await onRaised(new Set(raised.map(([id]) => id)))
    if (whole) for (const memory of [revoked.viewers, revoked.files, revoked.sessions]) memory.clear()
    for (const [id, epoch] of rows.viewers) revoked.viewers.set(id, epoch)
    for (const [id, epoch] of rows.files) revoked.files.set(id, epoch)
    for (const id of rows.sessions) revoked.sessions.add(id)
    if (whole) for (const { id } of await taken(db).tokens.execute({ now: at })) revoked.sessions.add(id)
    readAt = at
    if (whole) wholeAt = at
  }
  onChange(refresh)
  await refresh()
  return revoked
}
