import type { Context } from 'hono'
import type { Env } from '../context'

/**
 * Lets `c.var` be one object. Hono copies all variables whenever `c.var` is read, which takes longer than looking up who
 * makes the request.
 */
export function holdVariables(c: Context<Env>, held: Env['Variables']): void {
  const variables: Record<string, unknown> = held
  Object.defineProperty(c, 'var', { value: variables })
  c.get = (name: string) => variables[name]
  c.set = (name: string, value: unknown) => {
    variables[name] = value
  }
}
