import { Hono } from 'hono'
import type { Env } from '../context'
import { api } from '../http/api'
import { viewer } from '../http/viewer'

const what = `\`notification {unread, id, kind, at, actorId, actor, postId, commentId, coins}\` for each thing that happened to
you (\`kind\` is that of notifications; \`{unread}\` alone when only the count has changed, \`{unread, kind: "post", postId,
actorId}\` for a new post), \`inbox {unread, postId}\`, \`coins {balance}\`,
\`file {id, postId, status, progress}\`, \`posts {}\` (the main page has something new) or \`posts {id}\` (this post
has changed for you, for example because you bought it).
\`{all: true}\` means that anything may have changed, so reload everything. \`end\` means that the session has ended.
Send \`Last-Event-ID\` to continue after the last event received. What happened to you is kept for a week, also when the
server restarts, so that none of it is missed or repeated.`

export const events = new Hono<Env>().get(
  '/',
  api('Stream your events as server-sent events.', { stream: what, errors: [401] }),
  (c) => {
    const { id, sessionId } = viewer(c)
    c.env.closeAfter?.(0)
    c.header('content-type', 'text/event-stream')
    c.header('cache-control', 'no-store')
    c.header('x-accel-buffering', 'no') // otherwise nginx buffers the events
    if (c.req.method === 'HEAD') return c.body(null)
    const position = c.req.header('last-event-id') || c.req.query('after')
    return c.body(c.var.app.events.open({ userId: id, sessionId }, position))
  },
)
