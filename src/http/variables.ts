import type { Context } from 'hono'
import type { Env } from '../context'
import type { Tx } from '../db/open'
import type { Write } from '../db/write'

/**
 * Lets `c.var` be one object. Hono copies all variables whenever `c.var` is read, which takes longer than looking up who
 * makes the request. `headersSet` tells whether `c.header` was called, since Hono shows such headers only by making an
 * answer.
 */
export function holdVariables(c: Context<Env>, held: Env['Variables']): void {
  const variables: Record<string, unknown> = held
  Object.defineProperty(c, 'var', { value: variables })
  c.get = (name: string) => variables[name]
  c.set = (name: string, value: unknown) => {
    variables[name] = value
  }
  const { header } = c
  c.header = (...args: Parameters<typeof header>) => {
    variables.headersSet = true
    header(...args)
  }
}

/** Returns a `write` with which the links in the answer are as of the commit. */
export const writeAsOf =
  (c: Context<Env>): Write<Tx> =>
  async (work, options) => {
    const { app } = c.var
    const result = await app.write(work, options)
    c.set('asOf', app.mediaUrls.moment())
    return result
  }
