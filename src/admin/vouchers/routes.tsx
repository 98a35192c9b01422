import { Hono } from 'hono'
import { z } from 'zod'
import { voucherSchema } from '../../../shapes/coins'
import { object } from '../../../shapes/object'
import { VoucherCodesPage, VoucherForm, VouchersPage, VouchersPart } from '../../../views/admin/vouchers'
import { voucherJson } from '../../coins/json'
import { MOST_COINS } from '../../coins/ledger'
import { createVouchers, endVoucher, listVouchers } from '../../coins/vouchers'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { originOf } from '../../http/client'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyGone, replySecret } from '../../http/reply'
import { staff } from '../../http/viewer'

const DAY_MS = 24 * 3600_000

const draft = object(() => ({
  coins: z.int().min(1).max(MOST_COINS),
  count: z.int().min(1).max(500).default(1),
  uses: z.int().min(1).max(100_000).default(1).describe('How many people can redeem each voucher.'),
  days: z.int().min(1).max(3650).optional().describe('For how many days the vouchers are valid; no limit by default.'),
}))

const made = object(() => ({
  codes: z.array(z.string()).describe('The codes, which cannot be read again later.'),
  coins: z.int(),
  expiresAt: z.iso.datetime().nullable(),
}))

export const adminVouchers = new Hono<Env>()
  .get('/', api('List the vouchers, without their codes.', { lists: voucherSchema, errors: [401, 403] }), async (c) => {
    staff(c, 'admin')
    const page = await listVouchers(c.var.app.db, wanted(c))
    const next = nextLink(c, page)
    const vouchers = page.items.map(voucherJson)
    return reply(c, {
      json: () => ({ ...page, items: vouchers }),
      part: () => <VouchersPart vouchers={vouchers} next={next} />,
      page: () => <VouchersPage vouchers={vouchers} next={next} />,
    })
  })
  .post('/', api('Create vouchers.', { body: draft, made, errors: [401, 403] }), async (c) => {
    const { now, voucherKey } = c.var.app
    const { write } = c.var
    const me = staff(c, 'admin')
    const { coins, count, uses, days } = await input(c, draft, (form) => <VoucherForm {...form} />)
    const expiresAt = days ? new Date(+now() + days * DAY_MS) : null
    const codes = await write((tx) => createVouchers(tx, voucherKey, count, { coins, uses, expiresAt }, me, now()))
    const sheet = { codes, coins, expiresAt: expiresAt?.toISOString() ?? null }
    c.header('location', '/api/admin/vouchers')
    return replySecret(
      c,
      { json: () => sheet, page: () => <VoucherCodesPage {...sheet} redeemAt={`${originOf(c)}/coins`} /> },
      201,
    )
  })
  .delete('/:id', api('Withdraw a voucher, so that nobody can redeem it.', { errors: [401, 403] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const [me, id] = [staff(c, 'admin'), idParam(c)]
    await write((tx) => endVoucher(tx, me, id, now()))
    return replyGone(c, '/admin/vouchers')
  })
