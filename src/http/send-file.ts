import type { Context } from 'hono'

/** Answers with a file. Hono drops the body of an answer to HEAD, and its length with it, so that is set here. */
export const sendFile = (c: Context, file: Blob, headers: Record<string, string>): Response =>
  c.req.method === 'HEAD' ? sizeOnly(file.size, headers) : new Response(file, { headers })

/** Answers HEAD. */
export const sizeOnly = (bytes: number, headers: Record<string, string>): Response =>
  new Response(null, { headers: { ...headers, 'content-length': String(bytes) } })
