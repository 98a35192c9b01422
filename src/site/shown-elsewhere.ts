import { type Context, Hono } from 'hono'
import { sitemapXml } from '../../views/feed'
import { pictureOf } from '../../views/posts/card'
import type { Env } from '../context'
import { originOf } from '../http/client'
import { findPost } from '../posts/feed'
import { publicJson, publicPost, publicXml, requirePublic } from '../posts/public'
import { listForSitemap } from '../posts/sitemap'
import { Problem } from '../problem'

/** What other sites read of a public community: cards of its posts (oEmbed 1.0) and the list of its pages. */
export const shownElsewhere = new Hono<Env>()
  .get('/oembed', async (c) => {
    requirePublic(c)
    if ((c.req.query('format') ?? 'json') !== 'json') return c.text('Only JSON is available.', 501)
    const { app, viewer } = c.var
    const id = postIn(c)
    if (viewer) await findPost(app.db, viewer, id) // somebody with whom there is a block is not found
    const post = publicPost(c, await findPost(app.db, null, id))
    const origin = originOf(c)
    const [width, height] = [most(c, 'maxwidth'), most(c, 'maxheight')]
    const picture = pictureOf(post)
    const fits = picture && picture.width <= width && picture.height <= height ? picture : undefined
    const isPhoto = fits && !post.locked && !post.sensitive && post.files[0]?.kind === 'image'
    return publicJson(c, {
      version: '1.0',
      type: isPhoto ? 'photo' : 'link',
      title: post.caption.slice(0, 300) || post.author.displayName,
      author_name: post.author.displayName,
      author_url: `${origin}/users/${post.author.handle}`,
      provider_name: app.settings().siteName,
      provider_url: `${origin}/`,
      cache_age: 3600,
      ...(isPhoto && { url: origin + fits.url, width: fits.width, height: fits.height }),
      ...(fits && {
        thumbnail_url: origin + fits.url,
        thumbnail_width: fits.width,
        thumbnail_height: fits.height,
      }),
    })
  })
  .get('/sitemap.xml', async (c) => {
    requirePublic(c)
    return publicXml(c, sitemapXml(originOf(c), await listForSitemap(c.var.app.db)))
  })

/** The post that the parameter `url` leads to. It must be an address of this server. */
function postIn(c: Context<Env>): number {
  const url = c.req.query('url') ?? ''
  const origin = originOf(c)
  const [, id] = (url.startsWith(`${origin}/`) && /^\/posts\/(\d{1,15})$/.exec(new URL(url).pathname)) || []
  if (!id) throw new Problem('not_found', 'This post does not exist, or you cannot see it.')
  return Number(id)
}

const most = (c: Context<Env>, name: string) => Number(c.req.query(name)) || Number.POSITIVE_INFINITY
