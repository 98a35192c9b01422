import type { MiddlewareHandler } from 'hono'
import type { Settings } from '../../shapes/settings'
import type { App, Env } from '../context'
import type { Tx } from '../db/open'
import type { Write } from '../db/write'
import { isRestricted, secondFactorRequired } from '../http/restricted'
import type { Viewer } from '../ports/people'
import { Problem } from '../problem'
import { lookUpViewer } from './model'

/** The facts that allow a person to change something, as they were when the request arrived. */
export type Authority = Pick<Viewer, 'id' | 'sessionId' | 'role' | 'restricted'>

/**
 * Makes `c.var.write` write with the authority of the viewer. A request can take minutes to arrive, and by then the
 * viewer may have signed out, been suspended or lost their role or second factor, although `identify` let them in. So
 * each transaction checks the authority again, and writes nothing if it is gone.
 */
export const authority: MiddlewareHandler<Env> = (c, next) => {
  const { viewer, app } = c.var
  if (viewer) c.set('write', writeAs({ write: c.var.write, now: app.now, settings: app.settings }, viewer))
  return next()
}

/** Returns a `write` on behalf of one signed-in person. It throws 401 or 403 when they are no longer allowed to act. */
export const writeAs =
  ({ write, now, settings }: Pick<App, 'write' | 'now' | 'settings'>, viewer: Authority): Write<Tx> =>
  (work) =>
    write(async (tx) => {
      await confirmAuthority(tx, viewer, settings(), now())
      return work(tx)
    })

async function confirmAuthority(
  tx: Tx,
  { id, sessionId, role, restricted }: Authority,
  settings: Pick<Settings, 'staffSecondFactor'>,
  now: Date,
) {
  const found = await lookUpViewer(tx, { userId: id, sessionId }, now)
  if (!found) throw new Problem('unauthenticated', 'You are no longer signed in. Please sign in again.')
  if (found.viewer.role !== role)
    throw new Problem('forbidden', 'Your role has changed. Reload the page and try again.')
  // Who was restricted before uses their own account, which they still may.
  if (!restricted && isRestricted(found.viewer, settings)) throw secondFactorRequired()
}
