import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type Market, market } from '../../test/market'
import { damaged } from '../../test/postgres/damage'
import { openMoment } from '../db/view'
import { auditLedger } from './audit'
import { issue } from './model'

let m: Market
/**
 * Transfers: 1 Bob redeems a voucher of 100 coins, 2 Bob buys post 1 of Ann, 3 Ann spends the coins on post 2 of Eve,
 * 4 the staff remove post 1, so Bob gets his coins back and Ann has a debt, 5 a grant with a note to Bob, 6 Bob buys
 * post 2.
 */
beforeAll(async () => {
  m = await market()
  const [first, second] = [await m.post(m.ann, { price: 30 }), await m.post(m.eve, { price: 20 })]
  await m.redeem(m.bob, await m.voucher({ uses: 2 }))
  await m.buy(m.bob, first)
  await m.buy(m.ann, second)
  await m.api(m.boss, `DELETE /admin/posts/${first.id}`)
  await m.runJobs()
  await m.api(m.boss, 'POST /admin/users/bob/grants', { coins: 5, note: 'paid at the door' })
  await m.buy(m.bob, second)
})
afterAll(() => m[Symbol.dispose]())

/** Returns what the audit reports after a change, which is then rolled back. */
async function after(...changes: string[]): Promise<string[]> {
  return (await damaged(m, changes, auditLedger)).faults
}

test('the audit finds no faults in a ledger with all kinds of transfers', async () => {
  expect(await m.audit()).toEqual([])
  expect([await m.wallet(m.bob), await m.wallet(m.ann), await m.wallet(m.eve)]).toEqual([
    { balance: 85, earned: 0, reserved: 0 },
    { balance: 0, earned: 0, reserved: 0 },
    { balance: 40, earned: 40, reserved: 0 },
  ])
  using other = m.openDatabase()
  expect(other.query('select balance from coin_accounts where kind = ?').get('debt')).toEqual({ balance: -20 })
  expect(other.query('select max(id) as last from transfers').get()).toEqual({ last: 6 })
})

const account = (kind: string, handle?: string) =>
  `kind = '${kind}' and ${handle ? `user_id = (select id from users where handle = '${handle}')` : 'user_id is null'}`

const CORRUPTIONS: [what: string, changes: string[], named: RegExp][] = [
  [
    'a balance',
    [`update coin_accounts set balance = balance + 1 where ${account('member', 'bob')}`],
    /^account \d+ holds 86, but its entries add up to 85$/,
  ],
  [
    'all balances but in sum',
    [
      `update coin_accounts set balance = 84 where ${account('member', 'bob')}`,
      `update coin_accounts set balance = 41 where ${account('member', 'eve')}`,
    ],
    /^account \d+ holds 41/,
  ],
  [
    'what was earned',
    [`update coin_accounts set earned = 1 where ${account('member', 'bob')}`],
    /^account \d+ holds 1 earned coins, but its entries add up to 0$/,
  ],
  [
    'the sum',
    [`update coin_accounts set balance = -106 where ${account('issued')}`],
    /^the balances of all accounts add up to -1, not 0$/,
  ],
  [
    'a debt above 0',
    [`update coin_accounts set balance = 1 where ${account('debt', 'ann')}`],
    /^account \d+ \(debt\) holds 1$/,
  ],
  [
    'coins issued above 0',
    [`update coin_accounts set balance = 1 where ${account('issued')}`],
    /^account \d+ \(issued\) holds 1$/,
  ],
  [
    'a balance below 0',
    [`update coin_accounts set balance = -1 where ${account('member', 'bob')}`],
    /^account \d+ \(member\) holds -1$/,
  ],
  [
    'more earned than there is',
    [`update coin_accounts set earned = 90 where ${account('member', 'bob')}`],
    /^account \d+ holds 90 earned coins of 85$/,
  ],
  [
    'an account without its person',
    [`update coin_accounts set user_id = 999 where ${account('member', 'bob')}`],
    /^account \d+ \(member\) should belong to somebody, but belongs to 999$/,
  ],
  [
    'an account of nobody',
    [`update coin_accounts set user_id = null where ${account('member', 'bob')}`],
    /^account \d+ \(member\) should belong to somebody, but belongs to nobody$/,
  ],
  [
    'an account of the community that belongs to somebody',
    [`update coin_accounts set user_id = 1 where ${account('issued')}`],
    /^account \d+ \(issued\) should belong to the community, but belongs to 1$/,
  ],
  [
    'an account of no kind',
    [`update coin_accounts set kind = 'mine' where ${account('member', 'bob')}`],
    /^account \d+ is of an unknown kind: mine$/,
  ],
  ['an account deleted', [`delete from coin_accounts where ${account('debt', 'ann')}`], /^account \d+ is missing$/],
  [
    'an account changed hands',
    [`update coin_accounts set user_id = 1 where ${account('member', 'bob')}`],
    /^the price of purchase \d was not paid/,
  ],
  ['coins of an entry', ['update entries set coins = coins + 1 where id = 3'], /^transfer 2 creates or loses coins$/],
  [
    'both coins of a transfer',
    ['update entries set coins = -31 where id = 3', 'update entries set coins = 31 where id = 4'],
    /^transfer 2 was changed: its hash is wrong$/,
  ],
  [
    'the account of an entry',
    ['update entries set account_id = 1 where id = 4'],
    /^entry \d+ does not follow from the previous entry of account \d+$/,
  ],
  [
    'a balance after',
    ['update entries set balance_after = balance_after + 1 where id = 2'],
    /^entry 2 does not follow from the previous entry/,
  ],
  [
    'the time of an entry',
    ['update entries set at = at + 1 where id = 2'],
    /^entry 2 has a different time than its transfer$/,
  ],
  ['an entry deleted', ['delete from entries where id = 4'], /^transfer 2 creates or loses coins$/],
  [
    'an entry inserted',
    [
      `insert into entries select 999, transfer_id, account_id, kind, at, 1, 0, balance_after + 1, earned_after
       from entries where id = 2`,
    ],
    /^transfer 1 creates or loses coins$/,
  ],
  [
    'an entry of no transfer',
    [
      `insert into entries select 999, 3333, account_id, kind, at, 1, 0, balance_after, earned_after
       from entries where id = 2`,
    ],
    /^entry 999 has no transfer: transfer 3333 does not exist$/,
  ],
  [
    'a transfer without entries',
    [`insert into transfers values (7, 'x', 'grant', 1, null, null, 'x')`],
    /^transfer 7 has no entries$/,
  ],
  ['a transfer deleted', ['delete from transfers where id = 3'], /^transfer 3 is missing$/],
  [
    'a deleted transfer’s entries',
    ['delete from transfers where id = 3'],
    /^entry \d+ has no transfer: transfer 3 does not exist$/,
  ],
  [
    'the last transfer deleted',
    ['delete from transfers where id = 6'],
    /^entry \d+ has no transfer: transfer 6 does not exist$/,
  ],
  ['the first transfer deleted', ['delete from transfers where id = 1'], /^transfer 1 is missing$/],
  [
    'the cause of a transfer',
    [`update transfers set cause = 'another' where id = 2`],
    /^transfer 2 was changed: its hash is wrong$/,
  ],
  [
    'the time of a transfer',
    ['update transfers set at = at + 1 where id = 2'],
    /^transfer 2 was changed: its hash is wrong$/,
  ],
  [
    'the kind of a transfer',
    [`update transfers set kind = 'grant' where id = 2`],
    /^the price of purchase 1 was not paid/,
  ],
  ['a hash', [`update transfers set hash = 'x' where id = 2`], /^transfer 3 was changed: its hash is wrong$/],
  ['a purchase deleted', ['delete from purchases where id = 2'], /^transfer 3 is a payment without a purchase$/],
  [
    'a purchase nobody paid',
    [
      'insert into purchases select 99, 4, post_id, price, 999, at, null, null, null, 0, null from purchases where id = 2',
    ],
    /^the price of purchase 99 was not paid by its buyer to its author$/,
  ],
  [
    'a purchase paid by a grant',
    ['insert into purchases select 99, 3, 1, 5, 5, at, null, null, null, 0, null from purchases where id = 2'],
    /^the price of purchase 99 was not paid/,
  ],
  [
    'a purchase given to another',
    ['update purchases set buyer_id = 4 where id = 3'],
    /^the price of purchase 3 was not paid/,
  ],
  [
    'a purchase of another post',
    ['update purchases set post_id = 1 where id = 3'],
    /^the price of purchase 3 was not paid/,
  ],
  ['the price of a purchase', ['update purchases set price = 1 where id = 3'], /^the price of purchase 3 was not paid/],
  [
    'a refund undone',
    ['update purchases set refund_id = null where id = 1'],
    /^transfer 4 is a refund without a purchase$/,
  ],
  [
    'a purchase ended without refund',
    ['update purchases set ended_at = 1 where id = 3'],
    /^purchase 3 ended without a refund$/,
  ],
  [
    'a refunded purchase held again',
    ['update purchases set ended_at = null where id = 1'],
    /^purchase 1 is still in force although it was refunded$/,
  ],
  [
    'a refund that is none',
    ['update purchases set refund_id = 5, ended_at = 1 where id = 3'],
    /^the price of purchase 3 was not refunded to its buyer$/,
  ],
  [
    'the count of a voucher',
    ['update vouchers set used = 2'],
    /^voucher 1 has a count that differs from its redemptions or exceeds its limit$/,
  ],
  [
    'the uses of a voucher',
    ['update vouchers set uses = 0'],
    /^voucher 1 has a count that differs from its redemptions or exceeds its limit$/,
  ],
  ['the worth of a voucher', ['update vouchers set coins = 1'], /^voucher 1 did not credit its value to user 3$/],
  ['a redemption deleted', ['delete from redemptions'], /^transfer 1 is a redemption without a voucher$/],
  ['a redemption by another', ['update redemptions set user_id = 4'], /^voucher 1 did not credit its value to user 4$/],
  [
    'a redemption that moved nothing',
    ['insert into redemptions select voucher_id, 4, 999, at from redemptions'],
    /^voucher 1 did not credit its value to user 4$/,
  ],
]
for (const [what, changes, named] of CORRUPTIONS)
  test(`the audit reports the fault: ${what}`, async () => {
    expect(await after(...changes)).toContainEqual(expect.stringMatching(named))
  })

test('erasing a note is no fault', async () => {
  expect(await after('update transfers set note = null where id = 5')).toEqual([])
})

test('the audit reads more transfers than fit in one chunk', async () => {
  using many = await market()
  for (let i = 0; i < 11; i++)
    await Promise.all(
      Array.from({ length: 100 }, () =>
        many.app.write((tx) => issue(tx, many.bob, { coins: 1, cause: crypto.randomUUID() }, many.app.now())),
      ),
    )
  expect(await many.audit()).toEqual([])
  using other = many.openDatabase()
  other.run('update entries set coins = 2 where transfer_id = 1050 and coins = 1')
  expect(await many.audit()).toContain('transfer 1050 creates or loses coins')
})

test('the audit of a snapshot is not affected by concurrent purchases', async () => {
  using n = await market()
  await n.grant(n.bob, 100)
  await using snapshot = await openMoment(n.place)
  const before = await auditLedger(snapshot.db)
  await n.buy(n.bob, await n.post(n.ann, { price: 30 }))
  expect(await auditLedger(snapshot.db)).toEqual(before)
  expect(before).toEqual({ transfers: 1, accounts: 2, faults: [] })
  await using later = await openMoment(n.place)
  expect(await auditLedger(later.db)).toEqual({ transfers: 2, accounts: 3, faults: [] })
})
