import type { MiddlewareHandler } from 'hono'
import type { App, Env } from '../context'
import type { Tx } from '../db/open'
import type { Write } from '../db/write'
import type { Viewer } from '../ports/people'
import { Problem } from '../problem'
import { findViewer } from './model'

/** What a person's power to change something rests on, as it was judged when their request came in. */
export type Authority = Pick<Viewer, 'id' | 'sessionId' | 'role'>

/**
 * From here on `c.var.write` writes with the authority of the viewer. A request can take minutes to arrive: by then the
 * viewer may have signed out, been suspended or lost their role, although `identify` let them in. So each transaction
 * begins by looking again, and writes nothing if the authority is gone.
 */
export const authority: MiddlewareHandler<Env> = async (c, next) => {
  const { viewer, app } = c.var
  if (viewer) c.set('write', writeAs(app, viewer))
  await next()
}

/** `write` on behalf of one signed-in person. It throws 401 or 403 when they may no longer act as who they were. */
export const writeAs =
  ({ write, now }: Pick<App, 'write' | 'now'>, viewer: Authority): Write<Tx> =>
  (work) =>
    write(async (tx) => {
      await confirmAuthority(tx, viewer, now())
      return work(tx)
    })

async function confirmAuthority(tx: Tx, { id, sessionId, role }: Authority, now: Date) {
  const found = await findViewer(tx, { userId: id, sessionId }, now)
  if (!found) throw new Problem('unauthenticated', 'You are no longer signed in. Please sign in again.')
  if (found.viewer.role !== role)
    throw new Problem('forbidden', 'Your role has changed. Reload the page and try again.')
}
