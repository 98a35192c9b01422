import { expect, test } from 'bun:test'
import { eq, sql } from 'drizzle-orm'
import { testApp } from '../../test/harness'
import { inbox } from '../inbox/table'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { tablesChangedBy } from './touched'

test('the tables that a statement changes are known, and those that it reads are not among them', async () => {
  using t = await testApp()
  const changed: string[][] = []
  const see = (query: { toSQL(): { sql: string } }) => changed.push([...tablesChangedBy(query.toSQL().sql)])
  await t.app.write(async (tx) => {
    const row = { userId: 1, postId: 1, at: t.app.now(), read: false }
    const mine = tx.select({ id: posts.id }).from(posts).where(eq(posts.authorId, 1))
    const one = tx.$with('one').as(mine)
    see(tx.insert(inbox).values(row))
    see(
      tx
        .insert(inbox)
        .values(row)
        .onConflictDoUpdate({ target: [inbox.userId], set: { read: true } }),
    )
    see(
      tx
        .update(users)
        .set({ epoch: sql`${users.epoch} + 1` })
        .where(eq(users.id, 1))
        .returning(),
    )
    see(tx.delete(posts).where(sql`${posts.id} in ${mine}`))
    see(tx.with(one).select().from(one))
    see(tx.select().from(users))
  })
  expect(changed).toEqual([['inbox'], ['inbox'], ['users'], ['posts'], [], []])
})
