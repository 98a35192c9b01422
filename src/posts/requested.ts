import type { Context } from 'hono'
import type { Env } from '../context'
import { timeZoneOf } from '../http/locale'
import { fieldProblem, invalidFields } from '../problem'
import { instantOf } from '../time-zone'

const YEAR_MS = 366 * 24 * 3600_000

/** Refuses to ask coins for a post where the community has turned coins off. */
export function refusePrice(c: Context<Env>, price = 0) {
  if (price === 0 || c.var.app.settings().coins === 'on') return
  throw fieldProblem('invalid', { path: 'price', message: 'Coins are turned off, so posts are free.' })
}

/** Reads a time that may stand in the time zone of the person, as forms send it. */
export function instantIn(c: Context<Env>, text: string | null): Date | null {
  if (text === null) return null
  const hasOffset = /(Z|[+-]\d\d:?\d\d)$/.test(text)
  return new Date(hasOffset ? text : instantOf(Date.parse(`${text}Z`), timeZoneOf(c)))
}

/** Reads the time at which a post is to be published. It must be in the future, but not by more than a year. */
export function publishTimeOf(c: Context<Env>, text: string | null): Date | null {
  const at = instantIn(c, text)
  if (!at) return null
  const now = c.var.app.now()
  if (at <= now)
    throw invalidFields({
      path: 'publishAt',
      message: 'This time has passed. Choose a later one, or publish the post now.',
    })
  if (+at > +now + YEAR_MS) throw invalidFields({ path: 'publishAt', message: 'Choose a time within a year.' })
  return at
}
