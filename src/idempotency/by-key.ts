import type { Context } from 'hono'
import type { Env } from '../context'
import type { Tx } from '../db/open'
import { viewer } from '../http/viewer'
import type { Viewer } from '../ports/people'
import { once } from './model'

type Asked = { idempotencyKey?: string | undefined }

/**
 * Makes a change once per idempotency key. Scripts send the key in a header and forms in a field; `asked` is the whole
 * request. The result of `work` is stored as JSON and returned again to a repeated request.
 */
export async function onceByKey<T>(
  c: Context<Env>,
  call: string,
  { idempotencyKey, ...body }: Asked & Record<string, unknown>,
  work: (tx: Tx, me: Viewer, now: Date) => Promise<T>,
): Promise<T> {
  const { now } = c.var.app
  const { write } = c.var
  const me = viewer(c)
  const key = c.req.header('idempotency-key') ?? idempotencyKey
  const { result } = await write((tx) => once(tx, { userId: me.id, call, key, body }, now(), () => work(tx, me, now())))
  return result
}
