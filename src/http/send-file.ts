import type { Context } from 'hono'

/** Answers with a file. Hono drops the body of an answer to HEAD, and its length with it, so that is set here. */
export const sendFile = (c: Context, file: Blob, headers: Record<string, string>): Response =>
  c.req.method === 'HEAD' ? sizeOnly(file.size, headers) : new Response(file, { headers })

/**
 * The header `Content-Disposition` of a file to save. A parameter value allows fewer characters than a URL (RFC 8187,
 * 3.2.1).
 */
export const attachment = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, asCode)}`

const asCode = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`

/** Answers HEAD. */
export const sizeOnly = (bytes: number, headers: Record<string, string>): Response =>
  new Response(null, { headers: { ...headers, 'content-length': String(bytes) } })
