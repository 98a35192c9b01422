import type { Config } from './config'
import { derivedKey } from './derived-key'
import { copyOfSecrets, hasSecrets, readPushKeys, takeSecrets } from './keys'
import { seal, unseal } from './sealed'

type Shared = Pick<Config, 'dataDir' | 'databaseUrl' | 'secret'>
const NAME = 'secrets.json'

const keyOf = (secret: string) => derivedKey(secret, 'shared keys')

/**
 * Makes the secrets of all servers on one PostgreSQL database the same, so that each accepts the sessions and links of
 * the others. They are in the database, encrypted with PINHOLE_SECRET, and `secrets.json` of each data folder is a copy.
 * The first server brings its secrets; an empty data folder that joins later gets them.
 */
export async function shareSecrets(config: Shared): Promise<void> {
  const { dataDir, databaseUrl, secret } = config
  if (!databaseUrl || !secret) return
  const { readShared, addShared } = await import('./db/postgres/shared')
  const found = await readShared(databaseUrl, NAME)
  // the folder of an old version may lack those for pushes, which have to be the same everywhere
  if (!found && hasSecrets(dataDir)) readPushKeys(dataDir)
  const text = found ?? (await addShared(databaseUrl, NAME, seal(keyOf(secret), NAME, copyOfSecrets(dataDir))))
  const opened = opener(secret, text)
  if (!hasSecrets(dataDir) || copyOfSecrets(dataDir) !== opened) takeSecrets(dataDir, opened)
}

/** Gives the secrets of this folder to the other servers, which use them from their next start on. */
export async function spreadSecrets({ dataDir, databaseUrl, secret }: Shared): Promise<void> {
  if (!databaseUrl || !secret) return
  const { putShared } = await import('./db/postgres/shared')
  await putShared(databaseUrl, NAME, seal(keyOf(secret), NAME, copyOfSecrets(dataDir)))
}

function opener(secret: string, sealed: string): string {
  try {
    return unseal(keyOf(secret), NAME, sealed)
  } catch (cause) {
    throw new Error(
      'PINHOLE_SECRET is not the one with which the keys in the database were encrypted. Set the same one on each ' +
        'server of the community.',
      { cause },
    )
  }
}
