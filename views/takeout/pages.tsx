import type { Translate } from '../words'
import { cut } from '../words/cut'
import { numberText, sayDay, sayTime } from '../words/format'

/** What all pages of an export share. They are opened from a folder, without a server. */
export type Sheet = { t: Translate; timeZone: string }

type Place = { path: string | null; kind: string; altText: string }

const css = `body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
a{color:inherit}article{border-top:1px solid #8886;padding:1rem 0}img,video{max-width:100%;max-height:32rem;border-radius:8px}
.hint{opacity:.7;font-size:.875rem}p{white-space:pre-wrap;overflow-wrap:anywhere}ul{padding-inline-start:1.2rem}`

/** The beginning of a page, which may be longer than memory. Its items and `END` follow. */
export const beginOf = ({ t }: Sheet, title: string): string =>
  `<!doctype html><html lang="${t.locale}" dir="${t.dir}">${(
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>{title}</title>
      <style>{css}</style>
    </head>
  )}<body>${<h1>{title}</h1>}`

export const END = '</body></html>\n'

export const BackToIndex = ({ t }: Sheet) => (
  <nav>
    <a href="index.html">{t('Overview')}</a>
  </nav>
)

const timeOf = (at: Date, { t, timeZone }: Sheet) => sayTime(at, t.locale, timeZone)

/** Browsers show these. Others are offered as links. */
const SHOWN = /\.(jpe?g|png|gif|webp|avif|mp4|webm)$/i

function Media({ path, kind, altText }: Place) {
  if (!path) return null
  const href = path.split('/').map(encodeURIComponent).join('/')
  if (!SHOWN.test(path))
    return (
      <p>
        <a href={href}>{path}</a>
      </p>
    )
  // biome-ignore lint/a11y/useMediaCaption: an export holds originals, which have no subtitles
  if (kind === 'video') return <video src={href} controls preload="none" aria-label={altText || path} />
  return (
    <a href={href}>
      <img src={href} alt={altText || path} loading="lazy" />
    </a>
  )
}

/** How much of a comment its name says. */
const MOST = 60

type PostProps = {
  sheet: Sheet
  post: { id: number; caption: string; at: Date | null; price?: number; author?: string; files: Place[] }
}

/** A post of the person, or one that they bought. */
export const PostItem = ({ sheet, post: { id, caption, at, price, author, files } }: PostProps) => (
  <article id={`post-${id}`} aria-labelledby={`when-${id}`}>
    <p class="hint" id={`when-${id}`}>
      {author && `@${author} · `}
      {at ? timeOf(at, sheet) : sheet.t('Not published yet')}
      {price ? ` · ${sheet.t({ one: '{n} coin', other: '{n} coins' }, { n: price })}` : ''}
    </p>
    {files.map((file) => (
      <Media {...file} />
    ))}
    <p>{caption}</p>
  </article>
)

export const CommentItem = ({ sheet, text, at, postId }: { sheet: Sheet; text: string; at: Date; postId: number }) => (
  <article aria-label={cut(text, MOST, sheet.t.locale)}>
    <p class="hint">
      {timeOf(at, sheet)} · {sheet.t('On post {n}', { n: postId })}
    </p>
    <p>{text}</p>
  </article>
)

type IndexProps = {
  sheet: Sheet
  siteName: string
  profile: { handle: string; displayName: string; bio: string; links: string[]; createdAt: Date }
  madeAt: Date
  counts: { posts: number; comments: number; library: number; originals: number; lost: number }
  /** The files for programs. */
  data: string[]
}

export function Index({ sheet, siteName, profile, madeAt, counts, data }: IndexProps) {
  const { t } = sheet
  const pages = [
    ['posts.html', t('Posts'), counts.posts],
    ['comments.html', t('Comments'), counts.comments],
    ['library.html', t('Library'), counts.library],
  ] as const
  return (
    <>
      <p>
        <strong>{profile.displayName}</strong> @{profile.handle}
      </p>
      <p>{profile.bio}</p>
      {profile.links.map((link) => (
        <p>
          <a href={link}>{link}</a>
        </p>
      ))}
      <p class="hint">
        {t('Collected from {name} on {time}.', { name: siteName, time: timeOf(madeAt, sheet) })}{' '}
        {t('Member since {day}.', { day: sayDay(profile.createdAt, t.locale, sheet.timeZone) })}
      </p>
      <ul>
        {pages.map(([href, name, count]) => (
          <li>
            <a href={href}>{name}</a> ({numberText(count, t.locale)})
          </li>
        ))}
        <li>
          <a href="originals/">{t('Your photos and videos, as you uploaded them')}</a> (
          {numberText(counts.originals, t.locale)})
        </li>
      </ul>
      {counts.lost > 0 && (
        <p>
          {t(
            {
              one: 'The bytes of {n} file are lost on the server. Its description is in data/files.json.',
              other: 'The bytes of {n} files are lost on the server. Their descriptions are in data/files.json.',
            },
            { n: counts.lost },
          )}
        </p>
      )}
      <h2>{t('For programs')}</h2>
      <ul>
        {data.map((path) => (
          <li>
            <a href={path}>{path}</a>
          </li>
        ))}
      </ul>
    </>
  )
}
