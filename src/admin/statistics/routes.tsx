import { Hono } from 'hono'
import { z } from 'zod'
import { statisticsSchema } from '../../../shapes/statistics'
import { StatisticsPage } from '../../../views/admin/statistics'
import type { Env } from '../../context'
import { diskSpace } from '../../disk'
import { api } from '../../http/api'
import { daysAsked, SPANS } from '../../http/days'
import { timeZoneOf } from '../../http/locale'
import { reply } from '../../http/reply'
import { staff } from '../../http/viewer'
import { foretell } from '../../measurements/model'
import { statisticsByDay } from './days'

export const adminStatistics = new Hono<Env>().get(
  '/',
  api('Get what happened on each day, what uses the space, and when the disk will be full.', {
    answers: statisticsSchema,
    query: { days: z.literal(SPANS).default(30) },
    errors: [401, 403, 422],
  }),
  async (c) => {
    const { db, now, config, settings } = c.var.app
    staff(c)
    const span = { days: daysAsked(c), timeZone: timeZoneOf(c), now: now() }
    const { size, free } = await diskSpace(config.dataDir)
    const statistics = {
      days: await statisticsByDay(db, span),
      diskFreeBytes: free,
      diskSizeBytes: size,
      forecast: await foretell(db, { free, leastFree: settings().minFreeMb * 1024 ** 2, now: now() }),
    }
    return reply(c, {
      json: () => statistics,
      page: () => <StatisticsPage statistics={statistics} span={span.days} spans={SPANS} />,
    })
  },
)
