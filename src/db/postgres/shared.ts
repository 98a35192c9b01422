import { connect, type Line, lineOf } from './client'

/** Values that all servers on a database share, by their name. */
export const readShared = (url: string, name: string): Promise<string | undefined> =>
  once(url, (line) => read(line, name))

/** Adds a value, unless another server was faster. Returns the one that is there. */
export const addShared = (url: string, name: string, value: string): Promise<string> =>
  once(url, async (line) => {
    await line.query('insert into shared (name, value) values ($1, $2) on conflict do nothing', [name, value])
    return (await read(line, name))!
  })

/** Stores a value in place of the one that is there. */
export const putShared = (url: string, name: string, value: string): Promise<void> =>
  once(url, async (line) => {
    await line.query(
      'insert into shared (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
      [name, value],
    )
  })

const read = async (line: Line, name: string): Promise<string | undefined> =>
  (await line.query('select value from shared where name = $1', [name])).rows[0]?.[0] as string | undefined

async function once<R>(url: string, use: (line: Line) => Promise<R>): Promise<R> {
  const client = await connect(url)
  try {
    return await use(lineOf(client))
  } finally {
    await client.end()
  }
}
