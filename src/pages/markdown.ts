import { micromark } from 'micromark'

/**
 * Turns Markdown (CommonMark) into HTML. micromark escapes HTML in the text and drops links to unsafe protocols.
 * Headings go down one level, since the page has a title of its own.
 */
export const toHtml = (markdown: string): string =>
  micromark(markdown).replace(/<(\/?)h([1-5])>/g, (_, slash, level) => `<${slash}h${Number(level) + 1}>`)
