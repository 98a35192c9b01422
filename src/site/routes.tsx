import { type Context, Hono } from 'hono'
import { assets } from '../../dist/assets/manifest'
import source from '../../dist/source.tar.gz' with { type: 'file' }
import { LOCALES } from '../../shapes/locales'
import { OfflinePage } from '../../views/offline'
import { ACCENT, themeCss } from '../../views/theme'
import type { Env } from '../context'
import { isFull } from '../disk'
import { originOf } from '../http/client'
import { translateOf } from '../http/locale'
import { reply } from '../http/reply'
import { sendFile } from '../http/send-file'
import { log } from '../log'
import { lookUpIcon, markOf } from '../marks/model'
import { Problem } from '../problem'
import { readSettings } from '../settings/model'
import { version } from '../version'
import { type IconFile, webManifest } from './manifest'

/** Health checks, robots.txt and the few files at fixed addresses. */
export const site = new Hono<Env>()
  .get('/healthz', (c) => c.text('ok'))
  .get('/readyz', async (c) => {
    const { db, config, bucket } = c.var.app
    try {
      await readSettings(db, config)
    } catch (error) {
      log.error('The database does not answer', { error })
      return c.text('The database does not answer.', 503)
    }
    if (bucket && !(await bucket.answers())) return c.text('The storage of photos and videos does not answer.', 503)
    return (await isFull(config.dataDir)) ? c.text('The disk is full.', 503) : c.text('ready')
  })
  .get('/robots.txt', (c) => {
    const rules =
      c.var.app.settings().access === 'public'
        ? `Disallow: /api/\nDisallow: /media/\n\nSitemap: ${originOf(c)}/sitemap.xml`
        : 'Disallow: /'
    return c.text(`User-agent: *\n${rules}\n`)
  })
  .get('/.well-known/security.txt', (c) =>
    c.text(securityText(c), 200, { 'content-type': 'text/plain; charset=utf-8' }),
  )
  .get('/source', (c) => {
    const name = `pinhole-${version.split(' ')[0]}.tar.gz`
    return sendFile(c, Bun.file(source), {
      'content-type': 'application/gzip',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-cache',
    })
  })
  .get('/offline', (c) => reply(c, { json: () => ({}), page: () => <OfflinePage /> }))
  .get('/sw.js', () => {
    const headers = {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'service-worker-allowed': '/',
    }
    return new Response(Bun.file(assets['sw.js'].raw), { headers })
  })
  .get('/manifest.webmanifest', (c) => {
    const { siteName, accent } = c.var.app.settings()
    const headers = {
      'content-type': 'application/manifest+json',
      'cache-control': 'no-cache',
      vary: 'Accept-Language',
    }
    return c.body(
      JSON.stringify(webManifest(siteName, accent ?? ACCENT, markOf(c.var.app.settings()), translateOf(c))),
      200,
      headers,
    )
  })
  .get('/:icon{(icon-192|icon-512|maskable-512|badge-96|apple-touch-icon)\\.png}', async (c) => {
    const name = c.req.param('icon') as IconFile
    const { mark } = c.var.app.settings()
    const chosen = mark && name !== 'badge-96.png' ? await lookUpIcon(c.var.app.db, mark, name) : null
    return sendFile(c, chosen ? new Blob([chosen]) : Bun.file(assets[name].raw), {
      'content-type': 'image/png',
      'cache-control': 'public, max-age=86400',
    })
  })
  .get('/theme.css', (c) => {
    const headers = {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    }
    return c.body(themeCss(c.var.app.settings().accent ?? ACCENT), 200, headers)
  })

const DAY_MS = 24 * 3600_000

/** Builds security.txt (RFC 9116). The required expiry date is always about half a year ahead. */
function securityText(c: Context<Env>): string {
  const { settings, config, now } = c.var.app
  const contact = settings().securityContact
  if (!contact) throw new Problem('not_found', 'There is nothing at this address.')
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${new Date(Math.floor(+now() / DAY_MS + 180) * DAY_MS).toISOString()}`,
    `Preferred-Languages: ${LOCALES.join(', ')}`,
    ...(config.url ? [`Canonical: ${new URL('/.well-known/security.txt', config.url)}`] : []),
  ]
  return `${lines.join('\n')}\n`
}
