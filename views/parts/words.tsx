import type { Child } from 'hono/jsx'
import { TAGGED, tagPath } from '../../shapes/tags'

/** Finds the same mentions as the server does in `posts/mentions`. */
const NAMED = /(?<![\w.@/])(@\w{3,30})(?!\w|@)/
const LINKED = new RegExp(`${NAMED.source}|${TAGGED.source}`, 'gu')

/** Text written by a person, with links for mentions and tags. */
export function Words({ text }: { text: string }) {
  const pieces: Child[] = []
  let end = 0
  for (const { index, 0: found } of text.matchAll(LINKED)) {
    const name = found.slice(1)
    pieces.push(text.slice(end, index))
    pieces.push(
      <a class="named" href={found[0] === '@' ? `/users/${name.toLowerCase()}` : tagPath(name)}>
        {found}
      </a>,
    )
    end = index + found.length
  }
  return (
    <>
      {pieces}
      {text.slice(end)}
    </>
  )
}
