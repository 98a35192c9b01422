import type { Context } from 'hono'

/** Answers with a file. Hono drops the body of an answer to HEAD, and its length with it, so that is set here. */
export const sendFile = (c: Context, file: Blob, headers: Record<string, string>): Response =>
  c.req.method === 'HEAD'
    ? new Response(null, { headers: { ...headers, 'content-length': String(file.size) } })
    : new Response(file, { headers })
