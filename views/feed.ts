import { html, raw } from 'hono/html'
import type { PostJson } from '../shapes/posts'
import { pictureOf } from './posts/card'

type Props = {
  title: string
  /** The address of the page that the feed belongs to, and of the feed itself. */
  page: string
  self: string
  origin: string
  posts: PostJson[]
  updatedAt: string
}

/** An Atom feed (RFC 4287) of posts, as strangers may see them. */
export const feedXml = ({ title, page, self, origin, posts, updatedAt }: Props): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n${html`<feed xmlns="http://www.w3.org/2005/Atom">
<title>${title}</title>
<id>${self}</id>
<link rel="self" type="application/atom+xml" href="${self}"/>
<link rel="alternate" type="text/html" href="${page}"/>
<updated>${updatedAt}</updated>
${posts.map((post) => entry(post, origin))}
</feed>`}\n`

function entry(post: PostJson, origin: string) {
  const at = `${origin}/posts/${post.id}`
  const { author, caption } = post
  return html`<entry>
<title>${caption.split('\n')[0]?.slice(0, 100) || author.displayName}</title>
<id>${at}</id>
<link rel="alternate" type="text/html" href="${at}"/>
<published>${post.publishedAt}</published>
<updated>${post.publishedAt}</updated>
<author><name>${author.displayName}</name><uri>${origin}/users/${author.handle}</uri></author>
${enclosures(post, origin)}
<content type="html">${String(contents(post, origin))}</content>
</entry>
`
}

/** The whole media of an open post. A locked or covered one has its preview only. */
function enclosures(post: PostJson, origin: string) {
  if (post.locked || post.sensitive) return raw('')
  return post.files.map(({ renditions: { mp4, full, feed } }) => {
    const whole = mp4 ?? full ?? feed
    return whole ? html`<link rel="enclosure" type="${whole.type}" href="${origin + whole.url}"/>` : raw('')
  })
}

function contents(post: PostJson, origin: string) {
  const shown = post.locked || post.sensitive ? [pictureOf(post)] : post.files.map(picture)
  const pictures = shown.flatMap((each) => (each ? [html`<p><img src="${origin + each.url}" alt=""></p>`] : []))
  return html`${pictures}<p>${post.caption}</p>`
}

const picture = ({ renditions: { feed, poster, thumb } }: PostJson['files'][number]) => feed ?? poster ?? thumb

type Listed = { id: number; publishedAt: Date | null; handle: string }

/** A sitemap (sitemaps.org 0.9) of posts, newest first, and their authors. */
export function sitemapXml(origin: string, posts: Listed[]): string {
  const handles = new Map(posts.toReversed().map(({ handle, publishedAt }) => [handle, publishedAt]))
  const page = (path: string, at: Date | null) =>
    html`<url><loc>${origin}${path}</loc><lastmod>${at?.toISOString() ?? ''}</lastmod></url>
`
  return `<?xml version="1.0" encoding="utf-8"?>\n${html`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${[...handles].map(([handle, at]) => page(`/users/${handle}`, at))}${posts.map(({ id, publishedAt }) => page(`/posts/${id}`, publishedAt))}</urlset>`}\n`
}
