import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { dropDatabase, emptyDatabase } from './databases'

/** Sends queries in a process of its own, and returns what it printed if it failed. */
async function failureOf(queries: string): Promise<string | undefined> {
  const url = await emptyDatabase()
  const [guard, client] = ['one-at-a-time.ts', '../../src/db/postgres/client.ts'].map((name) =>
    JSON.stringify(join(import.meta.dir, name)),
  )
  const script = `
    await import(${guard})
    const { connect, lineOf } = await import(${client})
    const client = await connect(${JSON.stringify(url)})
    const ask = (n) => client.query({ text: 'select ' + n }).catch(() => {})
    ${queries}
    await client.end()`
  const child = Bun.spawn([process.execPath, '-e', script], { stdout: 'ignore', stderr: 'pipe' })
  const [status, said] = await Promise.all([child.exited, new Response(child.stderr).text()])
  await dropDatabase(url)
  return status === 0 ? undefined : said
}

test('a query that is sent before the one before it is answered is a failure, even where its error is ignored', async () => {
  const failure = await failureOf('await Promise.all([ask(1), ask(2)])')
  expect(failure).toContain('"select 2" was sent while "select 1" is executed.')
})

test('queries that wait for each other are none, nor are those that follow one that is refused', async () => {
  expect(await failureOf('await ask(1); await ask("nothing"); await ask(2)')).toBeUndefined()
})

test('what is asked of a line at the same time follows each other', async () => {
  const queries = `
    const line = lineOf(client)
    await Promise.all([line.run('select 1'), line.query('nothing').catch(() => {}), line.query('select 2'), line.run('select 3')])`
  expect(await failureOf(queries)).toBeUndefined()
})
