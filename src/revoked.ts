import { and, gt, gte, isNotNull, sql } from 'drizzle-orm'
import type { Reader, Store } from './db/open'
import { prepared } from './db/prepared'
import { files } from './files/table'
import { guestOf } from './http/guests'
import { looks } from './looks/table'
import type { Raised, Revoked } from './ports/sessions'
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

type Row = { id: number; epoch: number }

const newIn = (rows: Row[], known: Map<number, Raised>): Row[] =>
  rows.filter(({ id, epoch }) => known.get(id)?.epoch !== epoch)

function keepOnly(known: Map<number, Raised>, rows: Row[]): void {
  const kept = new Set(rows.map(({ id }) => id))
  for (const id of known.keys()) if (!kept.has(id)) known.delete(id)
}

/** `onRaised` is called with the files whose links were taken back, before new links to them are made. */
export async function watchRevoked(
  { db, onChange }: Pick<Store, 'db' | 'onChange'>,
  now: () => Date,
  onRaised: (fileIds: ReadonlySet<number>) => Promise<void> = async () => {},
): Promise<Revoked> {
  const revoked: Revoked = { viewers: new Map(), files: new Map(), sessions: new Set(), raises: 0 }
  let [readAt, wholeAt] = [0, 0]

  const read = async (from: { links: number; sessions: number }) => ({
    viewers: await taken(db).viewers.execute({ since: from.links }),
    files: await taken(db).files.execute({ since: from.links }),
    sessions: await taken(db).sessions.execute({ since: from.sessions }),
  })
  const refresh = async () => {
    const at = +now()
    const whole = at - wholeAt >= REFRESH_MS
    const rows = await read(
      whole
        ? { links: at - LINK_MS, sessions: at - SESSION_MS }
        : { links: readAt - OVERLAP_MS, sessions: readAt - OVERLAP_MS },
    )
    const tokens = whole ? await taken(db).tokens.execute({ now: at }) : []
    const [viewers, files] = [newIn(rows.viewers, revoked.viewers), newIn(rows.files, revoked.files)]
    if (files.length) await onRaised(new Set(files.map(({ id }) => id)))
    // From here on nothing is awaited, so that nobody sees a memory that is cleared and not filled again yet.
    if (whole) {
      keepOnly(revoked.viewers, rows.viewers)
      keepOnly(revoked.files, rows.files)
      revoked.sessions.clear()
    }
    if (viewers.length || files.length) revoked.raises++
    for (const { id, epoch } of viewers) revoked.viewers.set(id, { epoch, at: revoked.raises })
    for (const { id, epoch } of files) revoked.files.set(id, { epoch, at: revoked.raises })
    for (const { id } of [...rows.sessions, ...tokens]) revoked.sessions.add(id)
    readAt = at
    if (whole) wholeAt = at
  }
  onChange(refresh, [users, looks, files, sessions])
  await refresh()
  return revoked
}
