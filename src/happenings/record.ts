import { sql } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { touch } from '../db/tell'
import { type Happening, happenings } from './table'

const value = sql.placeholder

const insert = prepared((tx: Tx) =>
  tx
    .insert(happenings)
    .values({
      userId: value('userId'),
      kind: value('kind'),
      at: value('at'),
      actorId: value('actorId'),
      postId: value('postId'),
      commentId: value('commentId'),
      coins: value('coins'),
    })
    .prepare(),
)

/** Records what happened to a person, in the transaction of the event itself, and tells their open event streams. */
export async function recordHappening(tx: Tx, happening: Omit<Happening, 'id'>): Promise<void> {
  await insert(tx).execute(happening)
  touch(tx, happening.userId, 'notification')
}
