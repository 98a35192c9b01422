import { join } from 'node:path'
import type { Config } from '../config'
import { findOwner } from '../db/lock'
import { openStore, type Store } from '../db/open'
import { createLinks, type LinkPurpose } from '../http/links'
import { inviteUrl } from '../invites/json'
import { readKeyring, readKeys } from '../keys'
import { resetUrl, verificationUrl } from '../users/urls'

/** For commands that change something, also while the server runs: it notices within a second. */
export async function withStore<R>({ dataDir }: Config, use: (store: Store) => Promise<R>): Promise<R> {
  readKeys(dataDir) // makes the folder, and what a server would make in it first
  const store = openStore(join(dataDir, 'pinhole.sqlite'))
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

const urlOf: Record<LinkPurpose, (origin: string, token: string) => string> = {
  setup: (origin, token) => `${origin}/setup?token=${token}`,
  invite: inviteUrl,
  reset: resetUrl,
  verify: verificationUrl,
}

/** A link to send: at the public address, else where the server listens, else where it would. */
export async function linkTo(
  config: Config,
  purpose: LinkPurpose,
  { id, expiresAt }: { id: number; expiresAt: Date },
): Promise<string> {
  const now = () => new Date()
  const links = createLinks(readKeyring(config.dataDir, now), now)
  const origin = config.url ?? findOwner(config.dataDir)?.address ?? `http://localhost:${config.port}`
  return urlOf[purpose](origin, await links.sign(purpose, id, expiresAt))
}
