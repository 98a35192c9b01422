import type { Child } from 'hono/jsx'
import { TAGGED, tagPath } from '../../shapes/tags'

/** Finds the same mentions as the server does in `posts/mentions`. */
const NAMED = /(?<![\w.@/])(@\w{3,30})(?!\w|@)/
/**
 * An address may follow a Korean word without a space, though not a Latin letter or a digit. It ends before a space, and
 * before punctuation that ends a sentence or closes a bracket.
 */
const ADDRESS = /(?<![A-Za-z0-9])https?:\/\/[^\s<>"]*[^\s<>".,;:!?'’”)\]}…。、]/
const LINKED = new RegExp(`${ADDRESS.source}|${NAMED.source}|${TAGGED.source}`, 'gu')
/** How much of an address is shown. */
const MOST_SHOWN = 40

/** Text written by a person, with links for addresses, mentions and tags. */
export function Words({ text }: { text: string }) {
  const pieces: Child[] = []
  let end = 0
  for (const { index, 0: found } of text.matchAll(LINKED)) {
    const name = found.slice(1)
    pieces.push(text.slice(end, index))
    end = index + found.length
    if (found.startsWith('http')) {
      pieces.push(<Address at={found} />)
      continue
    }
    pieces.push(
      <a class="named" href={found[0] === '@' ? `/users/${name.toLowerCase()}` : tagPath(name)}>
        {found}
      </a>,
    )
  }
  return (
    <>
      {pieces}
      {text.slice(end)}
    </>
  )
}

/** A link out of the community. It tells the other site nothing, and search engines that a member wrote it. */
function Address({ at }: { at: string }) {
  if (!URL.canParse(at)) return <>{at}</>
  const text = at.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
  return (
    <a class="named" href={at} rel="nofollow noopener noreferrer external ugc">
      {text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN - 1)}…` : text}
    </a>
  )
}
