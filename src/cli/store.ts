import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config'
import { openDatabase } from '../db/database'
import { lookUpOwner } from '../db/lock'
import type { Store } from '../db/open'
import { createLinks } from '../http/links'
import { inviteUrl } from '../invites/json'
import { readKeyring } from '../keys'
import { shareSecrets } from '../shared-keys'
import { resetUrl, verificationUrl } from '../users/urls'
import { SECRETS } from './archive/format'

/** Opens the database for a command that changes it. A running server notices the changes within a second. */
export async function withStore<R>(config: Config, use: (store: Store) => Promise<R>): Promise<R> {
  const store = await openForChanges(config)
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

/** Opens the database for a command that changes something, and that closes it itself. */
export async function openForChanges(config: Config): Promise<Store> {
  const { dataDir } = config
  await shareSecrets(config)
  if (!existsSync(join(dataDir, SECRETS)))
    throw new Error(
      `${join(dataDir, SECRETS)} is missing. Restore it from a backup; pinhole doctor says what it means.`,
    )
  // only the server updates the schema, since an older one may be running
  return openDatabase(config, { migrates: false })
}

const urlOf = {
  setup: (origin: string, token: string) => `${origin}/setup?token=${token}`,
  invite: inviteUrl,
  reset: resetUrl,
  verify: verificationUrl,
}

/** Creates a link to send, with the public address if it is set, else with the address of the server. */
export async function linkTo(
  config: Config,
  purpose: keyof typeof urlOf,
  { id, expiresAt }: { id: number; expiresAt: Date },
): Promise<string> {
  const now = () => new Date()
  const links = createLinks(readKeyring(config.dataDir, now), now)
  const origin = config.url ?? lookUpOwner(config.dataDir)?.address ?? guessed(config)
  return urlOf[purpose](origin, await links.sign(purpose, id, expiresAt))
}

function guessed({ dataDir, port }: Config): string {
  const origin = `http://localhost:${port}`
  process.stderr.write(
    `pinhole: No server runs on ${dataDir}, so its address is unknown and the link begins with ${origin}. ` +
      'Start the server first, or set PINHOLE_URL.\n',
  )
  return origin
}
