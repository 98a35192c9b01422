import type { Context, Hono, MiddlewareHandler } from 'hono'
import type { Env } from '../context'
import { Problem } from '../problem'

/** Whether a request of this method changes nothing. */
export const changesNothing = (method: string): boolean => ['GET', 'HEAD', 'OPTIONS'].includes(method)

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The methods that an address has, as an `Allow` header lists them. Nothing stands at an address without any. */
function methodsAt(app: Hono<Env>, path: string): string | undefined {
  const found = METHODS.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  )
  if (!found.length) return undefined
  return [...found.flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each])), 'OPTIONS'].join(', ')
}

/** Answers OPTIONS with the methods of the address. */
export const options =
  (app: Hono<Env>): MiddlewareHandler<Env> =>
  (c, next) => {
    if (c.req.method !== 'OPTIONS') return next()
    const methods = methodsAt(app, c.req.path)
    if (!methods) return next()
    c.header('allow', methods)
    return Promise.resolve(c.body(null, 204))
  }

/** Refuses a request to an address where there is nothing, or nothing for its method. */
export function refuseUnrouted(app: Hono<Env>, c: Context<Env>): never {
  const methods = methodsAt(app, c.req.path)
  if (!methods) throw new Problem('not_found', 'There is nothing at this address.')
  c.header('allow', methods)
  throw new Problem('method_not_allowed', 'This address accepts only these methods: {methods}.', {}, { methods })
}
