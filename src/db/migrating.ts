/** The migrations of an engine in order: their names and their SQL. */
export type Migrations = [name: string, sql: string][]

export function refuseNewer(done: Set<string>, migrations: Migrations): void {
  const newer = [...done].find((name) => !migrations.some(([known]) => known === name))
  if (newer)
    throw new Error(
      `This data was written by a newer version of Pinhole (${newer}). ` +
        'Start that version, or restore a backup made before the upgrade.',
    )
}

export function refuseOlder(missing: string): never {
  throw new Error(
    `This version of Pinhole needs to update the database first (${missing}). Restart the server with this version, ` +
      'or run the command with the version that the server has.',
  )
}
