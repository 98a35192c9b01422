import { and, eq } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/open'
import { notify } from '../../notifications/model'
import type { Person } from '../../ports/people'
import { authorOf, visibleTo } from '../../posts/feed'
import { posts } from '../../posts/table'
import { Problem } from '../../problem'
import { users } from '../../users/table'
import { transfer } from '../ledger'
import { tips } from '../table'
import { feeOf, paying } from '../transfer-legs'

export type TipDraft = { coins: number; postId?: number | undefined; note?: string | undefined }

/** Tips a person, optionally for one of their posts. The coins minus the fee count as earned. */
export async function tip(
  tx: Tx,
  me: Pick<Person, 'id'>,
  to: Pick<Person, 'id'>,
  { coins, postId, note, feePercent }: TipDraft & { feePercent: number },
  at: Date,
): Promise<number> {
  if (to.id === me.id) throw new Problem('conflict', 'You cannot tip yourself.', { code: 'self_tip' })
  if (postId !== undefined) await expectPostOf(tx, me, to, postId)
  const fee = feeOf(coins, feePercent)
  const transferId = await transfer(tx, {
    cause: `tip:${crypto.randomUUID()}`,
    kind: 'tip',
    at,
    ...(postId && { postId }),
    note,
    legs: await paying(tx, { kind: 'tip', payerId: me.id, payeeId: to.id, coins, fee }),
  })
  const [made] = await tx
    .insert(tips)
    .values({ fromId: me.id, toId: to.id, postId: postId ?? null, coins, fee, transferId, at })
    .returning({ id: tips.id })
  await notify(tx, { userId: to.id, kind: 'tip', actorId: me.id, postId: postId ?? null, coins, at })
  return made!.id
}

async function expectPostOf(db: Reader, me: Pick<Person, 'id'>, author: Pick<Person, 'id'>, postId: number) {
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(eq(posts.id, postId), eq(posts.authorId, author.id), visibleTo(me)))
    .limit(1)
  if (!rows.length) throw new Problem('not_found', 'This person has no such post.')
}
