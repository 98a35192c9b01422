import { existsSync } from 'node:fs'
import { type BackupPlace, nameOfPlace } from '../../backup-place'
import { wasBackedUpTo } from '../../backups/model'
import type { Config } from '../../config'
import { openView } from '../../db/view'
import { readKeys } from '../../keys'
import { openStorage } from '../../media/open-storage'
import { shareSecrets } from '../../shared-keys'
import { breakOffOnSignals } from '../signals'
import { addBackup, type Outcome, removeDrafts } from './add'
import { openOrMake } from './repository'
import { openShelf } from './shelf'

/** Makes a backup of the community in the repository at this place. */
export async function backUpInto(config: Config, place: BackupPlace): Promise<Outcome> {
  const { dataDir, databaseUrl, backupKeep: keep, backupPassphrase: passphrase } = config
  await shareSecrets(config)
  if ('folder' in place && !existsSync(place.folder))
    throw new Error(`There is no folder ${place.folder}. Create it, or connect the disk on which it is.`)
  const shelf = openShelf(place)
  breakOffOnSignals(() => removeDrafts(shelf))
  await using source = await openView(config)
  const repository = await openOrMake(shelf, {
    passphrase,
    community: markOf(dataDir),
    isExpected: await wasBackedUpTo(source.db, nameOfPlace(place)),
  })
  return await addBackup(repository, { dataDir, databaseUrl, stores: openStorage(config) }, source.db, { keep })
}

/** Tells this community from others without telling its keys. */
const markOf = (dataDir: string) =>
  new Bun.CryptoHasher('sha256', readKeys(dataDir)('bucket')).update('backups').digest('hex')
