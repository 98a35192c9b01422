import { join } from 'node:path'
import type { Config } from './config'
import { openStore, type Store } from './db/open'
import type { Failure } from './http/errors'
import { createMediaUrls, type MediaUrls } from './http/media-url'
import type { Html } from './http/reply'
import { type Revoked, watchRevoked } from './http/revoked'
import { readKeys } from './keys'
import type { Viewer } from './sessions/table'
import { createSessionTokens, type SessionTokens } from './sessions/token'

/** What the program owns: made once in main.ts and handed down; tests make their own. */
export type App = Store & { config: Config; now: () => Date; revoked: Revoked; sessionTokens: SessionTokens; mediaUrls: MediaUrls }

export type Format = 'json' | 'part' | 'page'

/** `form` is what to show again, with its mistakes, when the request fails. */
export type Env = { Variables: { app: App; format: Format; viewer: Viewer | null; form?: (failure: Failure) => Html } }

export async function openApp(
  config: Config,
  now = () => new Date(),
  store = openStore(join(config.dataDir, 'pinhole.sqlite')),
): Promise<App> {
  const key = readKeys(config.dataDir)
  const revoked = await watchRevoked(store, now)
  return {
    ...store,
    config,
    now,
    revoked,
    sessionTokens: createSessionTokens(key('session'), now),
    mediaUrls: createMediaUrls([key('media')], revoked, now),
  }
}
