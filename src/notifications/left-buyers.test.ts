import { expect, test } from 'bun:test'
import { market } from '../../test/market'
import { deleteAccount } from '../users/account'

test('a notification of sales names the coins of those who are left, after a buyer deleted the account', async () => {
  using m = await market()
  const post = await m.post(m.ann, { price: 30 })
  for (const buyer of [m.bob, m.eve]) {
    await m.grant(buyer, 30)
    await m.buy(buyer, post)
  }
  const told = async () => (await m.api(m.ann, 'GET /notifications')).body.items
  expect(await told()).toMatchObject([{ kind: 'purchase', count: 2, coins: 60 }])
  await m.app.write((tx) => deleteAccount(tx, m.eve, m.app.now()))
  await m.runJobs()
  expect(await told()).toMatchObject([{ kind: 'purchase', count: 1, coins: 30 }])
})

test('a notification of tips names the coins of those who are left, too', async () => {
  using m = await market()
  const { id: postId } = await m.post(m.ann)
  for (const [giver, coins] of [
    [m.bob, 7],
    [m.eve, 5],
  ] as const) {
    await m.grant(giver, coins)
    await m.api(giver, 'POST /coins/tips', { handle: 'ann', coins, postId })
  }
  await m.app.write((tx) => deleteAccount(tx, m.eve, m.app.now()))
  await m.runJobs()
  expect((await m.api(m.ann, 'GET /notifications')).body.items).toMatchObject([{ kind: 'tip', count: 1, coins: 7 }])
})

test('an erased account leaves every notification, however many there are and however far apart', async () => {
  using m = await market()
  const { id: postId } = await m.post(m.ann)
  const [bob, eve] = [m.bob.id, m.eve.id]
  const many = 250
  using other = m.openDatabase()
  for (let i = 0; i < many; i++) {
    const id = 1000 + i * 7000 // with gaps that are wider than what is looked through at once
    other.run(
      `insert into notifications (id, user_id, kind, at, begun_at, actor_id, post_id, count) values (?, ?, 'like', 1, 1, ?, ?, 2)`,
      [id, m.ann.id, eve, postId],
    )
    for (const actor of [bob, eve])
      other.run('insert into notification_causes (notification_id, actor_id, comment_id, at) values (?, ?, 0, ?)', [
        id,
        actor,
        actor,
      ])
  }
  await m.app.write((tx) => deleteAccount(tx, m.eve, m.app.now()))
  await m.runJobs()
  const rows = other.query('select actor_id, count, count(*) as times from notifications group by 1, 2').all()
  expect(rows).toEqual([{ actor_id: bob, count: 1, times: many }])
  expect(other.query('select distinct actor_id from notification_causes').values()).toEqual([[bob]])
})
