import type { Letter, Paper, Part } from './letter'

/** The mail as plain text, for clients that do not show HTML. */
export function textOf(
  { subject, parts, why, unsubscribe }: Letter,
  { siteName, origin }: Pick<Paper, 'siteName' | 'origin'>,
): string {
  const foot = [why, unsubscribe && `${unsubscribe.label}: ${unsubscribe.href}`, `${siteName} ${origin}`]
  const paragraphs = [subject, ...parts.map(plain), ['-- ', ...foot.filter(Boolean)].join('\n')]
  return `${paragraphs.join('\n\n')}\n`
}

function plain(part: Part): string {
  if ('text' in part) return part.text
  if ('heading' in part) return `${part.heading}\n${'-'.repeat(24)}`
  if ('button' in part) return `${part.button}:\n${part.href}`
  if ('items' in part)
    return part.items
      .map(({ title, text, href }) => [`* ${title}`, text && `  ${text}`, `  ${href}`].filter(Boolean).join('\n'))
      .join('\n\n')
  return part.link ? `${part.hint} ${part.link.label}: ${part.link.href}` : part.hint
}
