import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import type { Env } from '../context'
import { announcementIn, closeAnnouncement, isAnnouncedTo } from '../http/announcement'
import { api } from '../http/api'
import { localPath } from '../http/local-path'
import { reply, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'

const announcementSchema = object(() => ({
  text: z.string().describe('The announcement; empty when there is none, or it was closed in this browser.'),
  mark: z.string().describe('Stands for this text. Another text has another mark.'),
})).meta({ id: 'Announcement' })

/** Only members know whether there is an announcement, unless it is for everyone. */
const reader = (c: Context<Env>) => isAnnouncedTo(c) || viewer(c)

export const announcement = new Hono<Env>()
  .get(
    '/',
    api('Get the announcement of the host, which is shown at the top of every page. Strangers get one for everyone.', {
      answers: announcementSchema,
      errors: [401],
    }),
    async (c) => {
      if (c.var.format !== 'json') return c.redirect('/', 303)
      reader(c)
      return reply(c, { json: () => announcementIn(c) ?? { text: '', mark: '' }, page: () => <></> })
    },
  )
  .delete(
    '/',
    api('Close the announcement in this browser, by a cookie, until the host changes its text.', {
      query: { mark: 'The text that was read. If the host has changed it, nothing is closed.' },
      errors: [401],
    }),
    (c) => {
      reader(c)
      closeAnnouncement(c, c.req.query('mark'))
      return replyGone(c, localPath(c.req.query('next')) ?? '/')
    },
  )
