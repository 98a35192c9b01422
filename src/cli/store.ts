import { join } from 'node:path'
import type { Config } from '../config'
import { findOwner } from '../db/lock'
import { openStore, type Store } from '../db/open'
import { createLinks, type LinkPurpose } from '../http/links'
import { inviteUrl } from '../invites/json'
import { readKeyring, readKeys } from '../keys'
import { resetUrl, verificationUrl } from '../users/urls'

/** Opens the database for a command that changes it. A running server notices the changes within a second. */
export async function withStore<R>({ dataDir }: Config, use: (store: Store) => Promise<R>): Promise<R> {
  readKeys(dataDir) // creates the data folder and the secrets, like the first start of a server
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

/** Creates a link to send, with the public address if it is set, else with the address of the server. */
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
