import type { Context } from 'hono'
import type { Env } from '../context'

export type Cell = string | number | null

/**
 * Puts an apostrophe before text that a spreadsheet would run as a formula. Some spreadsheets accept full-width
 * characters as well.
 */
const safe = (text: string) => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text)

/** Quotes a field as in RFC 4180. */
const field = (cell: Cell) => {
  if (cell === null) return ''
  const text = typeof cell === 'number' ? String(cell) : safe(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
const line = (cells: readonly Cell[]) => `${cells.map(field).join(',')}\r\n`

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
  c.header('cache-control', 'private, no-cache')
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="${name}.csv"`)
  return c.body(body)
}
