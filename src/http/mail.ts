import type { Context } from 'hono'
import type { Env } from '../context'
import type { Mailer } from '../ports/mail'
import { Problem } from '../problem'

/** What sends mail, or a 404: where no mail server is set there is nothing of it. */
export function mailer(c: Context<Env>): Mailer {
  const { mailer } = c.var.app
  if (!mailer) throw new Problem('not_found', 'No mail is sent from here.')
  return mailer
}
