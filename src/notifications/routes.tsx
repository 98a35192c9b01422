import { Hono } from 'hono'
import { z } from 'zod'
import { notificationSchema } from '../../shapes/notifications'
import { NotificationsPage, NotificationsPart } from '../../views/notifications/list'
import type { Env } from '../context'
import { api } from '../http/api'
import { input } from '../http/input'
import { nextLink, wantedOfTime } from '../http/list'
import { reply, replyGone } from '../http/reply'
import { upToSchema } from '../http/up-to'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { notificationJson } from './json'
import { countUnreadNotifications, listNotifications, markNotificationsRead } from './model'
import { noticeSettings } from './settings/routes'

export const notifications = new Hono<Env>()
  .route('/settings', noticeSettings)
  .get(
    '/',
    api('List your notifications.', {
      lists: notificationSchema,
      dated: true,
      with: { unread: z.int() },
      errors: [401],
    }),
    async (c) => {
      const { db } = c.var.app
      const me = viewer(c)
      const wanted = wantedOfTime(c)
      const page = await listNotifications(db, me, wanted)
      const unread = await countUnreadNotifications(db, me)
      const next = nextLink(c, page)
      const items = page.items.map((row) => notificationJson(row, viewerContextOf(c)))
      const after = wanted.cursor?.at.toISOString()
      return reply(c, {
        json: () => ({ ...page, items, unread }),
        part: () => <NotificationsPart items={items} next={next} after={after} />,
        page: () => <NotificationsPage items={items} next={next} unread={unread} />,
      })
    },
  )
  .put('/read', api('Mark all notifications up to a time as read.', { body: upToSchema, errors: [401] }), async (c) => {
    const me = viewer(c)
    const { upTo } = await input(c, upToSchema)
    await c.var.write((tx) => markNotificationsRead(tx, me, new Date(upTo)))
    return replyGone(c, '/notifications', { leave: true })
  })
