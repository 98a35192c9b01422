import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { entrySchema, walletSchema } from '../../shapes/coins'
import { object } from '../../shapes/object'
import { RedeemForm } from '../../views/coins/redeem'
import { EntriesPart, WalletPage } from '../../views/coins/wallet'
import type { Env } from '../context'
import { api } from '../http/api'
import { input } from '../http/input'
import { nextLink, wantedOfTime } from '../http/list'
import { reply, replyChanged } from '../http/reply'
import { viewer } from '../http/viewer'
import { onceByKey } from '../idempotency/by-key'
import { keyField } from '../idempotency/fields'
import { refundRequests } from '../library/requests/routes'
import { checkouts, packs, packsOffered } from './checkouts/routes'
import { earnings } from './earnings/routes'
import { entryJson } from './json'
import { listEntries, walletOf } from './model'
import { payouts } from './payouts/routes'
import { sales } from './sales/routes'
import { statements } from './statements/routes'
import { tips } from './tips/routes'
import { topups } from './topups/routes'
import { redeem } from './vouchers'

const redemption = object(() => ({
  code: z.string().trim().min(1, 'Please enter the code.').max(100),
  idempotencyKey: keyField(),
}))

const redeemed = object(() => ({ coins: z.int(), balance: z.int() }))

export const coins = new Hono<Env>()
  .route('/earnings', earnings)
  .route('/payouts', payouts)
  .route('/refunds', refundRequests)
  .route('/sales', sales)
  .route('/statements', statements)
  .route('/tips', tips)
  .get('/', api('Get your wallet.', { answers: walletSchema, errors: [401] }), (c) => wallet(c, 'balance'))
  .get(
    '/entries',
    api('List the entries of your statement.', { lists: entrySchema, dated: true, errors: [401] }),
    (c) => wallet(c, 'entries'),
  )
  .post(
    '/redemptions',
    api('Redeem a voucher.', { body: redemption, made: redeemed, once: true, errors: [401, 404, 409, 410, 429] }),
    async (c) => {
      const { limits, voucherKey } = c.var.app
      const { id } = viewer(c)
      const asked = await input(c, redemption, (form) => <RedeemForm {...form} />)
      const result = await limits.attempt([['redemptions', id]], () =>
        onceByKey(c, 'POST /coins/redemptions', asked, (tx, me, now) => redeem(tx, me, voucherKey, asked.code, now)),
      )
      return replyChanged(c, { json: () => result }, '/coins', { made: '/coins/entries' })
    },
  )
  .route('/checkouts', checkouts)
  .route('/packs', packs)
  .route('/topups', topups)

/** Shows the balance and the statement on one page; scripts request either of them. */
async function wallet(c: Context<Env>, asked: 'balance' | 'entries') {
  const { db, settings } = c.var.app
  const me = viewer(c)
  const balance = await walletOf(db, me)
  const wanted = wantedOfTime(c)
  const page = await listEntries(db, me, wanted)
  const next = asked === 'entries' || c.var.format !== 'json' ? nextLink(c, page) : null
  const entries = page.items.map(entryJson)
  const after = wanted.cursor?.at.toISOString()
  return reply(c, {
    json: () => (asked === 'balance' ? balance : { ...page, items: entries }),
    part: () => <EntriesPart entries={entries} next={next} after={after} />,
    page: () => (
      <WalletPage
        wallet={balance}
        payouts={settings().payouts === 'on'}
        packs={packsOffered(c)}
        code={c.req.query('code')}
        entries={entries}
        next={next}
      />
    ),
  })
}
