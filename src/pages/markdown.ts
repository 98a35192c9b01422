/** More texts than a host writes in Markdown. */
const MOST = 20

/**
 * Remembers what was made of the texts asked for last. Anybody may read the pages of the host, and making one takes much
 * longer than sending it.
 */
export function remembering<T>(make: (text: string) => T, most = MOST): (text: string) => T {
  const made = new Map<string, T>()
  return (text) => {
    const html = made.get(text) ?? make(text)
    made.delete(text)
    made.set(text, html)
    if (made.size > most) made.delete(made.keys().next().value!)
    return html
  }
}

/**
 * Turns Markdown (CommonMark) into HTML. micromark escapes HTML in the text and drops links to unsafe protocols.
 * Headings go down one level, since the page has a title of its own.
 */
export const toHtml = remembering(async (markdown) => {
  const { micromark } = await import('micromark') // loaded with the first text, so that the server starts faster
  return micromark(markdown).replace(/<(\/?)h([1-5])>/g, (_, slash, level) => `<${slash}h${Number(level) + 1}>`)
})
