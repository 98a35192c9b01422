import type { PropsWithChildren } from 'hono/jsx'
import type { Translate } from '../words'
import { Body, Head } from './sheet'

/** A part of a mail. The HTML and the plain text are both built from parts, so that their contents are the same. */
export type Part =
  | { text: string }
  /** The main action of the mail. */
  | { button: string; href: string }
  | { heading: string }
  | { items: Item[] }
  /** Text in a smaller, paler font. */
  | { hint: string; link?: Link }
type Item = { title: string; text?: string; href: string }
type Link = { label: string; href: string }

/** Mail clients show `preview` beside the subject. `why` is the line at the end that explains why the mail was sent. */
export type Letter = { subject: string; preview: string; parts: Part[]; why: string; unsubscribe?: Link }

/** The parts that all mails to a person share: the language, and the name, address and accent colours of the community. */
export type Paper = {
  t: Translate
  siteName: string
  origin: string
  hasCoins: boolean
  accent: { onLight: string; onDark: string }
}

/**
 * A mail as HTML. Styles are inline, because many mail clients ignore stylesheets; clients that read them get a dark
 * version, too. Mails contain no pictures.
 */
export function LetterPage({ letter, paper }: { letter: Letter; paper: Paper }) {
  const { siteName, origin } = paper
  return (
    <html lang={paper.t.locale} dir={paper.t.dir}>
      <Head title={letter.subject} accent={paper.accent} />
      <Body preview={letter.preview}>
        <p class="quiet" style={css.site}>
          <a class="quiet" style={css.siteLink} href={origin}>
            {siteName}
          </a>
        </p>
        <h1 class="ink" style={css.title}>
          {letter.subject}
        </h1>
        {letter.parts.map((part) => (
          <PartOf part={part} accent={paper.accent.onLight} />
        ))}
        <Foot letter={letter} />
      </Body>
    </html>
  )
}

function PartOf({ part, accent }: { part: Part; accent: string }) {
  if ('text' in part)
    return (
      <p class="ink" style={css.text}>
        {part.text}
      </p>
    )
  if ('heading' in part)
    return (
      <h2 class="ink" style={css.heading}>
        {part.heading}
      </h2>
    )
  if ('button' in part) return <Button {...part} accent={accent} />
  if ('items' in part) return <Items items={part.items} />
  return (
    <Quiet>
      {part.hint}
      {part.link && (
        <>
          {' '}
          <a class="quiet" style={css.quietLink} href={part.link.href}>
            {part.link.label}
          </a>
        </>
      )}
    </Quiet>
  )
}

const Quiet = ({ children }: PropsWithChildren) => (
  <p class="quiet" style={css.quiet}>
    {children}
  </p>
)

/** A table cell with a background colour, because Outlook does not show the background of links. */
const Button = ({ button, href, accent }: { button: string; href: string; accent: string }) => (
  <table role="presentation" cellpadding="0" cellspacing="0" border={0} style="margin:24px 0">
    <tr>
      <td class="button" style={`border-radius:22px;background-color:${accent}`}>
        <a class="button" href={href} style={`${css.button};background-color:${accent}`}>
          {button}
        </a>
      </td>
    </tr>
  </table>
)

const Items = ({ items }: { items: Item[] }) => (
  <ul style={css.items}>
    {items.map(({ title, text, href }) => (
      <li class="line" style={css.item}>
        <a class="ink" href={href} style={text ? `${css.itemLink};font-weight:600` : css.itemLink}>
          {title}
        </a>
        {text && (
          <span class="quiet" style={css.itemText}>
            {text}
          </span>
        )}
      </li>
    ))}
  </ul>
)

const Foot = ({ letter: { why, unsubscribe } }: { letter: Letter }) => (
  <div class="line" style={css.foot}>
    <Quiet>
      {why}
      {unsubscribe && (
        <>
          {' '}
          <a class="quiet" style={css.quietLink} href={unsubscribe.href}>
            {unsubscribe.label}
          </a>
        </>
      )}
    </Quiet>
  </div>
)

const FONTS = `system-ui,-apple-system,'Segoe UI','Apple SD Gothic Neo','Noto Sans KR','Malgun Gothic',sans-serif`
const FONT = `font-family:${FONTS}`
const WORDS = 'word-break:keep-all;overflow-wrap:anywhere'
const [INK, QUIET, LINE] = ['#111111', '#63635e', '#e4e4e1']
const css = {
  site: `margin:0 0 24px;${FONT};font-size:15px;line-height:20px;color:${QUIET}`,
  siteLink: `color:${QUIET};text-decoration:none;font-weight:600`,
  title: `margin:0 0 16px;${FONT};font-size:22px;line-height:28px;font-weight:600;color:${INK};${WORDS}`,
  text: `margin:0 0 16px;${FONT};font-size:15px;line-height:24px;color:${INK};${WORDS}`,
  heading: `margin:32px 0 0;${FONT};font-size:15px;line-height:24px;font-weight:600;color:${INK}`,
  button:
    'display:inline-block;padding:12px 24px;border-radius:22px;' +
    `${FONT};font-size:15px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none`,
  items: 'margin:8px 0 16px;padding:0;list-style:none',
  item: `margin:0;padding:12px 0;border-bottom:1px solid ${LINE}`,
  itemLink: `display:block;${FONT};font-size:15px;line-height:22px;color:${INK};text-decoration:none;${WORDS}`,
  itemText: `display:block;${FONT};font-size:13px;line-height:20px;color:${QUIET};${WORDS}`,
  quiet: `margin:0 0 16px;${FONT};font-size:13px;line-height:20px;color:${QUIET};${WORDS}`,
  quietLink: `color:${QUIET};text-decoration:underline`,
  foot: `margin:32px 0 0;padding:16px 0 0;border-top:1px solid ${LINE}`,
}
