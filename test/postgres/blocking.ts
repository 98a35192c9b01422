import { openingOf } from './messages'

/** Rows of a query, as `bun:sqlite` returns them. */
export type Statement<Row> = {
  all(...params: unknown[]): Row[]
  get(...params: unknown[]): Row | null
  values(...params: unknown[]): unknown[][]
  run(...params: unknown[]): { changes: number }
}

/** The part of `bun:sqlite` with which tests look into a database beside the program. */
export type TestDatabase = Disposable & {
  run(sql: string, params?: unknown[]): { changes: number }
  query<Row = unknown, _Params = unknown>(sql: string): Statement<Row>
  close(): void
}

/**
 * Opens a PostgreSQL database for tests that are written for `bun:sqlite`, which blocks. A worker asks the server while
 * this thread waits.
 */
export function openBlocking(url: string): TestDatabase {
  const control = new Int32Array(new SharedArrayBuffer(8))
  const bytes = new Uint8Array(new SharedArrayBuffer(16 * 1024 ** 2))
  const worker = new Worker(new URL('./worker.ts', import.meta.url).href)
  worker.postMessage(openingOf(url, control, bytes))

  function ask(sql: string, params: unknown[]): { columns: string[]; rows: unknown[][]; changes: number } {
    Atomics.store(control, 0, 0)
    worker.postMessage({ sql: numbered(sql), params: params.flat() })
    if (Atomics.wait(control, 0, 0, 30_000) === 'timed-out') throw new Error(`No answer to ${sql}`)
    const text = new TextDecoder().decode(bytes.slice(0, control[1]))
    const { error, ...result } = JSON.parse(text)
    if (error) throw new Error(error)
    return result
  }

  function query<Row>(sql: string): Statement<Row> {
    const all = (...params: unknown[]) => {
      const { columns, rows } = ask(sql, params)
      return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]]))) as Row[]
    }
    return {
      all,
      get: (...params) => all(...params)[0] ?? null,
      values: (...params) => ask(sql, params).rows,
      run: (...params) => ask(sql, params),
    }
  }

  const close = () => worker.terminate()
  return { run: (sql, params = []) => ask(sql, params), query, close, [Symbol.dispose]: close }
}

/** SQLite's `?` as PostgreSQL writes it. No test has a question mark in a text. */
function numbered(sql: string): string {
  let at = 0
  return sql.replace(/\?/g, () => `$${++at}`)
}
