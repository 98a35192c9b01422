import { viewOf } from '../../db/view'
import { listStored, openStored, type StoredRow, type Stores } from '../../files/stored'
import { openStorage } from '../../media/open-storage'
import { isDeleted } from '../archive/forget'
import { someOf } from '../some-of'
import { type Check, fail, ok } from './finding'

export const storedFiles: Check = {
  name: 'files',
  async run({ config, database }) {
    await using source = await viewOf(database)
    const stores = openStorage(config)
    const wrong: string[] = []
    let files = 0
    const stored = await namesOf(stores)
    for await (const row of listStored(source.db)) {
      files++
      const missing = await findMissing(stores, stored, row)
      if (missing.length && !(await isDeleted(source.db, row.id))) wrong.push(`file ${row.id} (${missing.join(', ')})`)
    }
    if (!wrong.length) return [ok('files', `All ${files} files are stored completely.`)]
    return [fail('files', `Data is missing for ${someOf(wrong)}. Restore a backup, or delete these files.`)]
  },
}

/** Lists what is stored at once, since asking for each name would take a bucket long. */
async function namesOf({ storage }: Stores): Promise<Map<number, Set<string>>> {
  const names = new Map<number, Set<string>>()
  for await (const { fileId, name } of storage.list())
    names.set(fileId, (names.get(fileId) ?? new Set<string>()).add(name))
  return names
}

/** Names that were not listed are opened, because they may have been stored meanwhile. */
async function findMissing(stores: Stores, stored: Map<number, Set<string>>, row: StoredRow): Promise<string[]> {
  const missing: string[] = []
  for (const name of row.names)
    if (!stored.get(row.id)?.has(name) && !(await openStored(stores, row, name))) missing.push(name)
  return missing
}
