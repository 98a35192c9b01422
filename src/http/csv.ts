import type { Context } from 'hono'
import type { Env } from '../context'

export type Cell = string | number | null

/** Spreadsheets run what begins like a formula, some of them also in full-width letters, whoever wrote it: an apostrophe makes it text. */
const safe = (text: string) => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text)

/** RFC 4180. */
const field = (cell: Cell) => {
  if (cell === null) return ''
  const text = typeof cell === 'number' ? String(cell) : safe(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
const line = (cells: readonly Cell[]) => `${cells.map(field).join(',')}\r\n`

/** A file of rows, sent while they are read. It begins with a mark that tells spreadsheets that it is UTF-8. */
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
