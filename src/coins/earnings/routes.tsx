import { type Context, Hono } from 'hono'
import { earningsSchema } from '../../../shapes/earnings'
import { EarningsPage } from '../../../views/coins/earnings/page'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { timeZoneOf } from '../../http/locale'
import { reply } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { Problem } from '../../problem'
import { salesPage } from '../sales/routes'
import { earnedByDay, earnedByPost, sumOf } from './model'

const SPANS = [30, 90, 365]

/** Reads `?days=`, which is 30 by default. */
function daysAsked(c: Context): number {
  const days = Number(c.req.query('days') ?? 30)
  if (!SPANS.includes(days)) {
    const errors = [{ path: 'days', message: 'Choose 30, 90 or 365 days.' }]
    throw new Problem('invalid', 'Please check what you entered.', { errors })
  }
  return days
}

export const earnings = new Hono<Env>().get(
  '/',
  api('Get your earnings by day and by post. `?days=` is 30, 90 or 365.', {
    answers: earningsSchema,
    errors: [401, 422],
  }),
  async (c) => {
    const { db, now } = c.var.app
    const me = viewer(c)
    const span = { days: daysAsked(c), timeZone: timeZoneOf(c), now: now() }
    const days = await earnedByDay(db, me, span)
    const earned = { ...sumOf(days), days, posts: await earnedByPost(db, me, span) }
    const { sales, next } = c.var.format === 'json' ? { sales: [], next: null } : await salesPage(c)
    return reply(c, {
      json: () => earned,
      page: () => <EarningsPage earnings={earned} span={span.days} spans={SPANS} sales={sales} next={next} />,
    })
  },
)
