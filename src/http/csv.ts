import type { Context } from 'hono'
import type { Env } from '../context'
import { PER_VIEWER } from './answer'

export type Cell = string | number | null

/**
 * Puts an apostrophe before text that a spreadsheet would run as a formula, also after a character at which spreadsheets
 * of other countries split a line into cells. Some spreadsheets accept full-width characters as well.
 */
const safe = (text: string) =>
  text.replace(/(^|[,;|\t\r\n])(["'\s]*)([=+\-@＝＋－＠])/g, "$1$2'$3").replace(/^[\t\r\n]/, "'$&")

/** Quotes a field as in RFC 4180, so that a spreadsheet that splits at semicolons or tabs keeps the text whole. */
const field = (cell: Cell) => {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = safe(cell)
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
/** Writes one row. */
export const line = (cells: readonly Cell[]) => `${cells.map(field).join(',')}\r\n`

/** Streams rows as a CSV file. A byte order mark tells spreadsheets that the file is UTF-8. */
export function replyCsv(c: Context<Env>, name: string, head: string[], rows: AsyncIterable<readonly Cell[]>) {
  const bytes = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(bytes.encode(`\uFEFF${line(head)}`))
      for await (const row of rows) controller.enqueue(bytes.encode(line(row)))
      controller.close()
    },
  })
  c.header('cache-control', PER_VIEWER)
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="${name}.csv"`)
  return c.body(body)
}
