import type { Context } from 'hono'
import type { Env } from '../context'
import type { Viewer } from '../ports/people'
import { Problem } from '../problem'

/** The signed-in person. Throws 401 when nobody is signed in. */
export function viewer(c: Context<Env>): Viewer {
  if (!c.var.viewer) throw new Problem('unauthenticated', 'Please sign in.')
  return c.var.viewer
}

/** The signed-in person if they are staff with this role or a higher one. Throws 403 otherwise. */
export function staff(c: Context<Env>, role: 'moderator' | 'admin' = 'moderator'): Viewer {
  const person = viewer(c)
  const allowed = role === 'admin' ? ['admin'] : ['admin', 'moderator']
  if (!allowed.includes(person.role)) throw new Problem('forbidden', 'Only staff can do this.')
  return person
}
