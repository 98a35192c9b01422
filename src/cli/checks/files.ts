import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openReader } from '../../db/snapshot'
import { listStored, placesOf, type StoredRow } from '../../files/stored'
import { isDeleted } from '../archive/forget'
import { type Check, fail, ok } from './finding'

/** How many incomplete files to list. */
const NAMED = 10

export const storedFiles: Check = {
  name: 'files',
  async run({ config: { dataDir }, database }) {
    using source = openReader(database)
    const wrong: string[] = []
    let files = 0
    for await (const row of listStored(source.db)) {
      files++
      const missing = findMissing(dataDir, row)
      if (missing.length && !(await isDeleted(source.db, row.id))) wrong.push(`file ${row.id} (${missing.join(', ')})`)
    }
    if (!wrong.length) return [ok('files', `All ${files} files are stored completely.`)]
    const more = wrong.length > NAMED ? ` and ${wrong.length - NAMED} more` : ''
    return [
      fail(
        'files',
        `Data is missing for ${wrong.slice(0, NAMED).join(', ')}${more}. Restore a backup, or delete these files.`,
      ),
    ]
  },
}

const findMissing = (dataDir: string, row: StoredRow) =>
  row.names.filter((name) => !placesOf(row, name).some((place) => existsSync(join(dataDir, place))))
