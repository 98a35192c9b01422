import { Hono } from 'hono'
import { z } from 'zod'
import { earningsSchema } from '../../../shapes/earnings'
import { EarningsPage } from '../../../views/coins/earnings/page'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { daysAsked, SPANS } from '../../http/days'
import { timeZoneOf } from '../../http/locale'
import { reply } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { salesPage } from '../sales/routes'
import { earnedByDay, earnedByPost, sumOf } from './model'

export const earnings = new Hono<Env>().get(
  '/',
  api('Get your earnings by day and by post.', {
    answers: earningsSchema,
    query: { days: z.literal(SPANS).default(30) },
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
