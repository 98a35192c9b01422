import type { Context } from 'hono'
import { z } from 'zod'
import { later, object } from '../../shapes/object'
import { accountSchema } from '../../shapes/users'
import type { Env } from '../context'
import { localPath } from '../http/local-path'
import { replyChanged } from '../http/reply'
import { viewerContextOf } from '../http/viewer-context'
import type { Account } from '../ports/people'
import { accountJson } from '../users/json'
import type { Session } from './table'

export const comeBackField = later(() =>
  z
    .boolean()
    .optional()
    .describe('Whether to keep an account that is being deleted. Without it, the answer is 401 `account_leaving`.'),
)

export const signedIn = object(() => ({ token: z.string(), expiresAt: z.iso.datetime(), user: accountSchema }))

/** Answers somebody who has just signed in: scripts with the token, and pages with where they wanted to go. */
export const answerSignedIn = (
  c: Context<Env>,
  user: Account,
  { session, token }: { session: Session; token: string },
  next: string | undefined,
) => {
  const json = () => ({
    token,
    expiresAt: session.expiresAt.toISOString(),
    // whoever is signed in is neither suspended nor leaving any more
    user: accountJson({ ...user, suspendedAt: null, eraseAt: null }, viewerContextOf(c, user), c.var.app.settings()),
  })
  return replyChanged(c, { json }, localPath(next) ?? '/', { made: `/sessions/${session.id}` })
}
