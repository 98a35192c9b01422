import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { except } from 'hono/combine'
import { Problem } from '../problem'

/** The largest body in bytes. Every form and JSON request is smaller. */
const MOST_BYTES = 1024 ** 2

/** Limits request bodies that are held in memory. Uploads are streamed to disk and have a limit of their own. */
export const smallBodies = except(
  isUpload,
  bodyLimit({
    maxSize: MOST_BYTES,
    onError() {
      throw new Problem('too_large', 'This request is too large.')
    },
  }),
)

function isUpload(c: Context): boolean {
  return /^(multipart\/form-data|application\/offset\+octet-stream)/i.test(c.req.header('content-type') ?? '')
}
