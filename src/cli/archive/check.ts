import { inspectDatabase, openReader } from '../../db/snapshot'
import { listStored } from '../../files/stored'
import type { Summary } from './format'

/** Describes what is wrong with the database of a backup. */
export function checkDatabase(path: string): string[] {
  const { broken, orphans, unknownMigrations } = inspectDatabase(path)
  const newer = unknownMigrations.length
    ? ['The database was written by a newer version of Pinhole. Restore it with that version.']
    : []
  return [...broken, ...(orphans ? [`${orphans} rows of the database refer to rows that do not exist.`] : []), ...newer]
}

/** A backup has this content under a name. Properties that are not known are not compared. */
export type Found = { bytes?: number; sha256?: string }

/** Describes each file of the database that the backup does not contain as it was stored. */
export async function checkFiles(
  database: string,
  { lost, changed }: Pick<Summary, 'lost' | 'changed'>,
  find: (name: string, sha256: string | null) => Found | undefined,
): Promise<string[]> {
  const wrong: string[] = []
  using snapshot = openReader(database)
  for await (const { id, bytes, names, sha256s } of listStored(snapshot.db)) {
    if (lost.includes(id) || changed.includes(id)) continue
    for (const name of names) {
      const sha256 = sha256s[name] ?? null
      const found = find(`media/${id}/${name}`, sha256)
      const differs =
        found &&
        ((name === 'original' && found.bytes !== undefined && found.bytes !== bytes) ||
          (sha256 && found.sha256 !== undefined && found.sha256 !== sha256))
      if (!found || differs) wrong.push(`File ${id}: ${name} is ${found ? 'not the file that was stored' : 'missing'}.`)
    }
  }
  return wrong
}
