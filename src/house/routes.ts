import { Hono } from 'hono'
import source from '../../dist/source.tar.gz' with { type: 'file' }
import { ACCENT, themeCss } from '../../views/theme'
import type { Env } from '../context'
import { readSettings } from '../settings/model'
import { version } from '../version'

/** What machines ask of a server, and the few files that live at fixed addresses. */
export const house = new Hono<Env>()
  .get('/healthz', (c) => c.text('ok'))
  .get('/readyz', async (c) => {
    const { db, config } = c.var.app
    await readSettings(db, config) // throws when the database does not answer
    return c.text('ready')
  })
  .get('/robots.txt', (c) => {
    const rule = c.var.app.settings().access === 'public' ? 'Disallow: /api/\nDisallow: /media/' : 'Disallow: /'
    return c.text(`User-agent: *\n${rule}\n`)
  })
  .get('/source', () => {
    const name = `pinhole-${version.split(' ')[0]}.tar.gz`
    return new Response(Bun.file(source), {
      headers: { 'content-type': 'application/gzip', 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-cache' },
    })
  })
  .get('/theme.css', (c) => {
    const headers = { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' }
    return c.body(themeCss(c.var.app.settings().accent ?? ACCENT), 200, headers)
  })
