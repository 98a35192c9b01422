import type { Context } from 'hono'
import type { Env } from '../context'

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
