import { Hono } from 'hono'
import { ICONS, type IconName } from '../../shapes/mark'
import type { Env } from '../context'
import { sendFile } from '../http/send-file'
import { Problem } from '../problem'
import { lookUpIcon } from './model'

const isIcon = (name: string): name is IconName => Object.hasOwn(ICONS, name)

/**
 * The icons of the mark that the host chose. Everybody may see them, since they are on the pages where people sign in.
 * Their addresses change with the mark, so browsers can cache them for ever.
 */
export const marks = new Hono<Env>().get('/:hash/:name', async (c) => {
  const { hash, name } = c.req.param()
  const icon = isIcon(name) ? await lookUpIcon(c.var.app.db, hash, name) : null
  if (!icon) throw new Problem('not_found', 'There is no such file.')
  return sendFile(c, new Blob([icon]), {
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
})
