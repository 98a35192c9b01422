import type { Context } from 'hono'
import type { Env } from '../context'
import type { Mailer } from '../ports/mail'
import { Problem } from '../problem'

/** Returns the mailer, or throws a 404 when no mail server is configured. */
export function mailer(c: Context<Env>): Mailer {
  const { mailer } = c.var.app
  if (!mailer) throw new Problem('not_found', 'This server does not send mail.')
  return mailer
}
