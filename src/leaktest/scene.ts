import type { Hono } from 'hono'
import type { App, Env } from '../context'
import type { Judge, StoredFile } from './bytes'
import type { Somebody } from './people'
import type { Findings } from './report'
import type { Rules } from './rules'

/** Everything that the attempts share. */
export type Scene = {
  app: App
  hono: Hono<Env>
  people: Somebody[]
  files: StoredFile[]
  /** A file that each person may have. */
  openTo: Map<Somebody, StoredFile | undefined>
  rules: Rules
  judge: Judge
  findings: Findings
}

export type Answer = { status: number; type: string; body: Uint8Array; headers: Headers }

/**
 * Sends a request through all of the server's code in this process. Pages are requested with a cookie, and `/api` with
 * a token.
 */
export async function ask(
  { hono }: Pick<Scene, 'hono'>,
  who: Somebody,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await hono.request(
    path,
    { headers: { ...credentials(who, path), ...headers } },
    { address: '127.0.0.1' },
  )
  const type = answer.headers.get('content-type') ?? ''
  const endless = type.startsWith('text/event-stream')
  if (endless) await answer.body?.cancel()
  return {
    status: answer.status,
    type,
    headers: answer.headers,
    body: endless ? new Uint8Array() : await answer.bytes(),
  }
}

/** The headers with which somebody makes a request: scripts and the API by a token, pages by a cookie. */
export function credentials({ token, cookie }: Somebody, path: string): Record<string, string> {
  if (cookie) return { cookie }
  if (!token) return {}
  return path.startsWith('/api/')
    ? { authorization: `Bearer ${token}` }
    : { cookie: `session=${token}`, 'sec-fetch-site': 'same-origin' }
}

/** Everybody without permission for this file, except other owners. */
export const others = ({ people, rules }: Scene, file: number) =>
  people.filter((who) => who.kind !== 'owner' && !rules.mayHave(who, file, 'full'))

/** The people who may have the whole file by a link of their own: its owner, its buyers and guests. */
export const holders = ({ people, rules }: Scene, file: number) =>
  people.filter(
    (who) =>
      (who.id !== null || who.look) &&
      (who.kind !== 'owner' || rules.ownerOf(file) === who.id) &&
      rules.mayHave(who, file, 'full'),
  )
