import { Hono } from 'hono'
import type { Env } from '../context'
import { api } from '../http/api'
import { viewer } from '../http/viewer'

const what = `\`notification {unread}\`, \`inbox {unread}\`, \`coins {balance}\`,
\`file {id, postId, status, progress}\`, \`posts {}\` (something new on the main page) or \`posts {id}\` (this one has changed).
\`{all: true}\`: it is not known what changed, ask for all. \`end\`: signed out.
\`Last-Event-ID\` goes on where it was.`

export const events = new Hono<Env>().get(
  '/',
  api('What happens to me, as server-sent events.', { stream: what, errors: [401] }),
  (c) => {
    const { id, sessionId } = viewer(c)
    c.env.closeAfter?.(0)
    c.header('content-type', 'text/event-stream')
    c.header('cache-control', 'no-store')
    c.header('x-accel-buffering', 'no') // nginx would keep it until there is more
    if (c.req.method === 'HEAD') return c.body(null)
    const position = c.req.header('last-event-id') || c.req.query('after')
    return c.body(c.var.app.events.open({ userId: id, sessionId }, position))
  },
)
